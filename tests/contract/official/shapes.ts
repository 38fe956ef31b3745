import { additionsTo } from '../allowed-additions.ts';
import { type FieldCheck, fieldCheck } from './field-rules.ts';
import type { SpecDocument, SpecName, SpecSchema } from './spec-document.ts';

/** What is known of one key: the check of its text, and the shape of what lies below it. */
export type Field = { readonly check: FieldCheck | undefined; readonly shape: Shape | undefined };

/** The keys that an object may carry. Arrays are transparent: the shape is that of their elements. */
export type Shape = {
  readonly name: string;
  readonly fields: Map<string, Field>;
  isOpen: boolean;
  rest: Shape | undefined;
};

/** Builds shapes of one official file, each named schema once, so that recursive schemas end. */
export class ShapeBuilder {
  readonly #spec: SpecName;
  readonly #document: SpecDocument;
  readonly #components = new Map<string, Shape>();

  constructor(spec: SpecName, document: SpecDocument) {
    this.#spec = spec;
    this.#document = document;
  }

  /** The shape of a schema, or undefined when no object can stand there.
   *  @param name  component name, dotted below it, or `GET /path 200` */
  build(schema: SpecSchema, name: string): Shape | undefined {
    if (schema.$ref) return this.component(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1));
    if (schema.items) return this.build(schema.items, name);
    if (!holdsObject(schema)) return undefined;
    const shape: Shape = { name, fields: new Map(), isOpen: false, rest: undefined };
    this.#fill(shape, schema);
    return shape;
  }

  /** The shape of a named schema.
   *  @throws Error when the file has no schema of that name */
  component(name: string): Shape {
    const known = this.#components.get(name);
    if (known) return known;
    const schema = this.#document.components.schemas[name];
    if (!schema) throw new Error(`webex-${this.#spec}.json has no schema "${name}"`);
    const shape: Shape = { name, fields: new Map(), isOpen: false, rest: undefined };
    this.#components.set(name, shape);
    this.#fill(shape, schema);
    return shape;
  }

  #fill(shape: Shape, schema: SpecSchema): void {
    this.#addSchema(shape, schema);
    for (const key of additionsTo(shape.name)) {
      if (key === '*') openUp(shape);
      else if (key.startsWith('@')) this.#mergeMissing(shape, this.component(key.slice(1)));
      else
        shape.fields.set(key, {
          check: fieldCheck(shape.name, key, undefined, this.#spec),
          shape: undefined,
        });
    }
  }

  #addSchema(shape: Shape, schema: SpecSchema): void {
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      const check = fieldCheck(shape.name, key, property, this.#spec);
      shape.fields.set(key, { check, shape: this.build(property, `${shape.name}.${key}`) });
    }
    for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) {
      const below = this.build(branch, shape.name);
      if (below) this.#mergeMissing(shape, below);
    }
    const rest = schema.additionalProperties;
    if (typeof rest === 'object') shape.rest = this.build(rest, `${shape.name}.*`);
    if (rest || isFreeForm(schema)) shape.isOpen = true;
  }

  #mergeMissing(into: Shape, from: Shape): void {
    for (const [key, field] of from.fields) if (!into.fields.has(key)) into.fields.set(key, field);
    into.isOpen ||= from.isOpen;
    into.rest ??= from.rest;
  }
}

/** The sample keys of a free-form object mean nothing, so neither do their checks. */
function openUp(shape: Shape): void {
  shape.isOpen = true;
  shape.fields.clear();
}

function holdsObject(schema: SpecSchema): boolean {
  const branches = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  return schema.type === 'object' || schema.properties !== undefined || branches !== undefined;
}

function isFreeForm(schema: SpecSchema): boolean {
  return schema.type === 'object' && !schema.properties && schema.additionalProperties === undefined;
}
