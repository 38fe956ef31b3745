import type { ApiOperation } from './operations.ts';

/** A schema as OpenAPI writes it, as far as ours say anything. */
export type Schema = {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  nullable?: boolean;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
};

/** A parameter of a path or query. */
export type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: Schema };

type Content = { content?: Record<string, { schema?: Schema }> };
type Entry = {
  parameters?: readonly Parameter[];
  requestBody?: Content;
  responses?: Record<string, Content>;
};

/** The parameters of an operation, those of the path first. */
export function parametersOf(operation: ApiOperation): readonly Parameter[] {
  return (operation.openapi as Entry).parameters ?? [];
}

/** The body that an operation takes, and in which types; undefined where it takes none. */
export function bodyOf(operation: ApiOperation): { types: string[]; schema: Schema } | undefined {
  const content = Object.entries((operation.openapi as Entry).requestBody?.content ?? {});
  const [first] = content;
  return first && { types: content.map(([type]) => type), schema: first[1].schema ?? {} };
}

/** What an operation answers when it did what it was asked, by status. */
export function repliesOf(operation: ApiOperation): { status: string; schema: Schema | undefined }[] {
  const replies = Object.entries((operation.openapi as Entry).responses ?? {});
  return replies
    .filter(([status]) => Number(status) < 400)
    .map(([status, { content }]) => ({ status, schema: Object.values(content ?? {})[0]?.schema }));
}

/** The schemas that a value may have: those of a choice, or the one. */
export function choicesOf(schema: Schema): readonly Schema[] {
  const choices = schema.anyOf ?? schema.oneOf;
  return choices ? choices.flatMap(choicesOf) : [schema];
}

/** The properties of an object, those of its parts and choices too. */
export function propertiesOf(schema: Schema): [name: string, schema: Schema, required: boolean][] {
  const own = Object.entries(schema.properties ?? {}).map(([name, property]): [string, Schema, boolean] => [
    name,
    property,
    schema.required?.includes(name) ?? false,
  ]);
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const all = new Map([...parts.flatMap(propertiesOf), ...own].map((property) => [property[0], property]));
  return [...all.values()];
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
};

function nameOf(schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.type === 'array') return `list of ${typeText(schema.items ?? {})}`;
  if (schema.format === 'uri') return 'URL';
  return names[schema.type ?? ''] ?? 'any value';
}

/** The type of a value in plain words. */
export function typeText(schema: Schema): string {
  return [...new Set(choicesOf(schema).map(nameOf))].join(' or ');
}

/** What else a value must keep to, in plain words; empty for nothing. */
export function boundsText(schema: Schema): string {
  const { minLength, maxLength, minimum, maximum, maxItems } = schema;
  const bounds = [
    minLength !== undefined && minLength > 1 && `at least ${minLength} characters`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && `from ${minimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `up to ${maximum}`,
    maxItems !== undefined && `at most ${maxItems}`,
  ];
  return bounds.filter(Boolean).join(', ');
}

/** A field of an object, with the way to it from the top. */
export type FieldRow = { path: string; schema: Schema; required: boolean };

const DEPTH = 4;

/** Every field of a schema, one row each, deep ones by their way: `items[].id`. */
export function fieldRows(schema: Schema, prefix = '', depth = 0): FieldRow[] {
  if (depth > DEPTH) return [];
  return propertiesOf(schema).flatMap(([name, property, required]) => {
    const path = prefix + name;
    const list = choicesOf(property).find(({ type }) => type === 'array');
    const inner = list?.items
      ? fieldRows(list.items, `${path}[].`, depth + 1)
      : fieldRows(property, `${path}.`, depth + 1);
    return [{ path, schema: property, required }, ...inner];
  });
}
