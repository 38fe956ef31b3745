import { useState } from 'react';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Select, TextArea, TextInput } from '../../ui/input.tsx';
import { Card } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toast.tsx';

const kinds = [
  { value: 'bot', label: 'Bot', hint: 'Acts as itself, in spaces it was added to.' },
  { value: 'integration', label: 'Integration', hint: 'Acts for people who allow it.' },
] as const;

/** A form with every kind of field. */
export function KitFields() {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'bot' | 'integration'>('bot');
  const [tried, setTried] = useState(false);
  const say = useToast();
  const send = async () => {
    setTried(true);
    if (name !== '') say(`${name} is fine`);
  };
  return (
    <Card>
      <Form submitLabel="Check the form" onSubmit={send}>
        <Field
          label="Name"
          hint="Shown to everybody who sees the app."
          error={tried && name === '' ? 'Enter a name.' : undefined}
        >
          <TextInput value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Description" optional>
          <TextArea maxLength={1024} />
        </Field>
        <Field label="Category">
          <Select
            options={[
              { value: 'tools', label: 'Tools' },
              { value: 'games', label: 'Games' },
            ]}
          />
        </Field>
        <RadioGroup legend="Kind" options={kinds} value={kind} onChange={setKind} />
        <Checkbox label="Tell me about changes" hint="By mail, at most once a week." />
      </Form>
    </Card>
  );
}
