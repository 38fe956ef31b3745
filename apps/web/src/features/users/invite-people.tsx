import { getOverview, inviteUsers, listHubLicenses, listUsers } from '@moothall/platform/contracts';
import { useRef, useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextArea } from '../../ui/input.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { Progress } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { addressesIn } from './addresses.ts';
import { LicenceChoices } from './licence-choices.tsx';

type Result = ReplyOf<typeof inviteUsers>['results'][number];

/** So many are sent at once: then the progress moves. */
const atOnce = 20;

/** Invites many addresses and tells of each what became of it; those refused stay in the field. */
export function InvitePeople() {
  const [text, setText] = useState('');
  const [licenses, setLicenses] = useState<readonly string[]>([]);
  const [error, setError] = useState<string>();
  const [results, setResults] = useState<readonly Result[]>([]);
  const [progress, setProgress] = useState<{ done: number; all: number }>();
  const invite = useAction(inviteUsers, [listUsers, getOverview, listHubLicenses]);
  const field = useRef<HTMLTextAreaElement>(null);
  const inviteAll = async (addresses: readonly string[]) => {
    const told: Result[] = [];
    setResults([]);
    try {
      while (told.length < addresses.length) {
        setProgress({ done: told.length, all: addresses.length });
        const some = addresses.slice(told.length, told.length + atOnce);
        const { results: more } = await invite.mutateAsync({
          body: { addresses: some, licenses: [...licenses] },
        });
        told.push(...more);
      }
    } finally {
      setProgress(undefined);
      setResults(told);
      const invited = new Set(
        told.filter(({ status }) => status === 'invited').map(({ address }) => address),
      );
      setText(addresses.filter((address) => !invited.has(address)).join('\n'));
    }
  };
  const submit = async () => {
    const addresses = addressesIn(text);
    setError(addresses.length === 0 ? 'Enter at least one address.' : undefined);
    if (addresses.length === 0) field.current?.focus();
    else await inviteAll(addresses);
  };
  return (
    <Stack gap="loose">
      <Form submitLabel="Invite" onSubmit={submit}>
        <Field
          label="E-mail addresses"
          hint="One a line, or separated by commas."
          {...(error !== undefined && { error })}
        >
          <TextArea
            ref={field}
            rows={6}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <LicenceChoices value={licenses} onChange={setLicenses} />
        {progress && (
          <Progress
            label={`${progress.done} of ${progress.all} addresses are done`}
            value={progress.done}
            max={progress.all}
          />
        )}
      </Form>
      {results.length > 0 && <Results results={results} />}
    </Stack>
  );
}

function Results({ results }: { results: readonly Result[] }) {
  const refused = results.filter(({ status }) => status === 'refused').length;
  const told = `${results.length - refused} invited, ${refused} refused`;
  return (
    <Section title="What became of them">
      <p role="status">
        {told}
        {refused > 0 && '. Those refused are still in the field: correct them and invite again.'}
      </p>
      <Table
        caption={told}
        rows={results}
        rowKey={({ address }) => address}
        columns={[
          { key: 'address', header: 'Address', cell: ({ address }) => address },
          {
            key: 'status',
            header: 'Result',
            cell: ({ status }) => (
              <Badge tone={status === 'invited' ? 'success' : 'danger'}>
                {status === 'invited' ? 'Invited' : 'Refused'}
              </Badge>
            ),
          },
          { key: 'reason', header: 'Why', cell: ({ reason }) => reason ?? 'A link was sent.' },
        ]}
      />
    </Section>
  );
}
