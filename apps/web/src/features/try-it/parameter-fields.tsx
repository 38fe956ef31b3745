import { Field } from '../../ui/field.tsx';
import { Select, TextInput } from '../../ui/input.tsx';
import type { ApiOperation } from '../documentation/operations.ts';
import { boundsText, choicesOf, parametersOf, type Schema, typeText } from '../documentation/schema.ts';
import type { Draft } from './draft.ts';

/** What the fields of a request work on. */
export type FieldsOf = { operation: ApiOperation; draft: Draft; onChange: (draft: Draft) => void };

/** A field for each parameter of the path and the query. */
export function ParameterFields({
  operation,
  draft,
  onChange,
  missing,
}: FieldsOf & { missing: string | undefined }) {
  return parametersOf(operation).map(({ name, in: where, required, schema }) => (
    <Field
      key={name}
      label={name}
      optional={!required}
      hint={hintOf(schema, where === 'path' ? 'part of the path' : undefined)}
      {...(missing === name && { error: `Enter ${name}: without it the path is not complete.` })}
    >
      <ValueInput
        name={`parameter.${name}`}
        schema={schema}
        value={draft.parameters[name] ?? ''}
        onChange={(value) => onChange({ ...draft, parameters: { ...draft.parameters, [name]: value } })}
      />
    </Field>
  ));
}

/** What one types into a field, in plain words. */
export function hintOf(schema: Schema, more?: string): string {
  return [typeText(schema), boundsText(schema), more].filter(Boolean).join(', ');
}

/** An input for a value: a choice where there are only a few values, else a line of text. */
export function ValueInput({
  name,
  schema,
  value,
  onChange,
}: {
  name: string;
  schema: Schema;
  value: string;
  onChange: (value: string) => void;
}) {
  const values = valuesOf(schema);
  if (values.length > 0)
    return (
      <Select
        name={name}
        options={[{ value: '', label: 'not given' }, ...values.map((text) => ({ value: text, label: text }))]}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <TextInput
      name={name}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** The values of a schema that has only a few; none for the others. */
function valuesOf(schema: Schema): string[] {
  const choices = choicesOf(schema);
  if (choices.some((choice) => !choice.enum && choice.type !== 'boolean')) return [];
  return [...new Set(choices.flatMap((choice) => choice.enum?.map(String) ?? ['true', 'false']))];
}
