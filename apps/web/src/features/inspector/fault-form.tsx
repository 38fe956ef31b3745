import { labPages } from '@moothall/lab/contracts';
import { useState } from 'react';
import { PageError } from '../../data/page-error.ts';
import { useAction } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Select, TextInput } from '../../ui/input.tsx';
import { useToast } from '../../ui/toast.tsx';

const fields = [
  { name: 'route', label: 'Route', hint: 'Such as POST /messages; empty for every call.' },
  { name: 'status', label: 'Status', hint: '429, or 500 to 599.', isNumber: true },
  { name: 'retryAfterSeconds', label: 'Retry-After', hint: 'Seconds.', isNumber: true },
  { name: 'latencyMs', label: 'Delay', hint: 'Milliseconds.', isNumber: true },
  { name: 'person', label: 'Person', hint: 'E-mail address; empty for everybody.' },
  { name: 'app', label: 'App', hint: 'OAuth client id; empty for every app.' },
  { name: 'probability', label: 'Probability', hint: 'Above 0 up to 1.', isNumber: true },
  { name: 'nth', label: 'Every n-th call', hint: 'A whole number.', isNumber: true },
  { name: 'times', label: 'At most', hint: 'How often it happens.', isNumber: true },
] as const;
const webhookEffects = [
  { value: '', label: 'delivered as always' },
  { value: 'dropped', label: 'dropped' },
  { value: 'duplicated', label: 'delivered twice' },
];

type Texts = Readonly<Record<string, string>>;

/** Adds a fault: what happens, where and how often. */
export function FaultForm() {
  const add = useAction(labPages.addFault, [labPages.listFaults]);
  const say = useToast();
  const [texts, setTexts] = useState<Texts>({});
  const change = (name: string, value: string) => setTexts({ ...texts, [name]: value });
  const submit = async () => {
    await add.mutateAsync({ body: bodyOf(texts) });
    setTexts({});
    say('The fault is in force');
  };
  return (
    <Form submitLabel="Add fault" onSubmit={submit}>
      <div className="inspector-fault">
        {fields.map(({ name, label, hint }) => (
          <Field key={name} label={label} hint={hint} optional>
            <TextInput
              spellCheck={false}
              autoComplete="off"
              value={texts[name] ?? ''}
              onChange={(event) => change(name, event.target.value)}
            />
          </Field>
        ))}
        <Field label="Webhooks" hint="Stands alone." optional>
          <Select
            options={webhookEffects}
            value={texts.webhook ?? ''}
            onChange={(event) => change('webhook', event.target.value)}
          />
        </Field>
      </div>
    </Form>
  );
}

/** @throws PageError naming a number that is none */
function bodyOf(texts: Texts): Record<string, unknown> {
  const given = Object.entries(texts).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(given.map(([name, text]) => [name, valueFrom(name, text.trim())]));
}

function valueFrom(name: string, text: string): string | number {
  const field = fields.find((one) => one.name === name);
  if (!field || !('isNumber' in field)) return text;
  const value = Number(text);
  if (Number.isNaN(value))
    throw new PageError({ status: 0, message: `${field.label}: '${text}' is no number.` });
  return value;
}
