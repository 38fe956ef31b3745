import { Checkbox } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea, TextInput } from '../../ui/input.tsx';
import { bodyOf, propertiesOf, type Schema } from '../documentation/schema.ts';
import { isStructured, jsonOf } from './draft.ts';
import { type FieldsOf, hintOf, ValueInput } from './parameter-fields.tsx';

const LONG_TEXT = /^(text|markdown|html|description)$/;

/** A field for each property of the body; or the body as JSON. */
export function BodyFields({ operation, draft, onChange }: FieldsOf) {
  const body = bodyOf(operation);
  if (!body) return null;
  const { json, ...rest } = draft;
  const write = (isWritten: boolean) =>
    onChange(isWritten ? { ...rest, json: startOf({ operation, draft, onChange }) } : rest);
  return (
    <>
      {json === undefined ? (
        <div className="try-it-fields">
          <Properties operation={operation} draft={draft} onChange={onChange} schema={body.schema} />
        </div>
      ) : (
        <Field label="Body" hint="JSON, sent as it stands here.">
          <TextArea
            rows={10}
            spellCheck={false}
            className="try-it-code"
            value={json}
            onChange={(event) => onChange({ ...draft, json: event.target.value })}
          />
        </Field>
      )}
      {operation.multipart && json === undefined && <FileField {...{ operation, draft, onChange }} />}
      {operation.plane === 'rest' && (
        <Checkbox
          label="Write the body as JSON"
          checked={json !== undefined}
          onChange={(event) => write(event.target.checked)}
        />
      )}
    </>
  );
}

/** What was typed into the fields; where that is no JSON yet, an empty object. */
function startOf({ operation, draft }: FieldsOf): string {
  try {
    return jsonOf(operation, draft);
  } catch {
    return '{}';
  }
}

function Properties({ draft, onChange, schema }: FieldsOf & { schema: Schema }) {
  return propertiesOf(schema).map(([name, property, required]) => {
    const value = draft.body[name] ?? '';
    const change = (text: string) => onChange({ ...draft, body: { ...draft.body, [name]: text } });
    const isLong = LONG_TEXT.test(name) || isStructured(property);
    return (
      <Field
        key={name}
        label={name}
        optional={!required}
        hint={hintOf(property, isStructured(property) ? 'lists and objects as JSON' : undefined)}
      >
        {isLong ? (
          <TextArea
            rows={2}
            name={`body.${name}`}
            className="try-it-value"
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        ) : (
          <ValueInput name={`body.${name}`} schema={property} value={value} onChange={change} />
        )}
      </Field>
    );
  });
}

function FileField({ draft, onChange }: FieldsOf) {
  const choose = (file: File | undefined) => {
    const { file: _, ...rest } = draft;
    onChange(file ? { ...rest, file } : rest);
  };
  return (
    <Field label="File" optional hint="With a file the request is sent as multipart/form-data.">
      <TextInput type="file" onChange={(event) => choose(event.target.files?.[0])} />
    </Field>
  );
}
