import { labPages } from '@moothall/lab/contracts';
import { useState } from 'react';
import { useSession } from '../../app/use-session.ts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useRead } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Select, TextInput } from '../../ui/input.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useHeldToken } from './held-token.ts';

type LabPerson = ReplyOf<typeof labPages.listPeople>['items'][number];

const LIFETIME_S = 3600;

/** Gets a token of anybody in the lab, to see how the same call goes in another role. */
export function RoleSwitcher() {
  return (
    <Loaded query={useRead(labPages.listPeople, { query: { max: 1000 } })} shape="form">
      {({ items }) => <Switch people={items} />}
    </Loaded>
  );
}

function Switch({ people }: { people: readonly LabPerson[] }) {
  const { data: session } = useSession();
  const [, hold] = useHeldToken();
  const mint = useAction(labPages.mintToken);
  const [email, setEmail] = useState(session?.person.email ?? people[0]?.email ?? '');
  const [scopes, setScopes] = useState('');
  const act = async () => {
    const wanted = scopes.split(/[\s,]+/).filter(Boolean);
    const body = {
      personEmail: email,
      expiresInSeconds: LIFETIME_S,
      ...(wanted.length > 0 && { scopes: wanted }),
    };
    const { token, expires } = await mint.mutateAsync({ body });
    hold({ kind: 'person', text: token, of: email, expires });
  };
  return (
    <Form submitLabel="Act as this person" onSubmit={act}>
      <Field label="Person or bot">
        <Select
          options={people.map((person) => ({ value: person.email, label: labelOf(person) }))}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field
        label="Scopes"
        optional
        hint="Separated by spaces. Without any the token has all that the person may use."
      >
        <TextInput
          autoComplete="off"
          spellCheck={false}
          placeholder="spark:rooms_read"
          value={scopes}
          onChange={(event) => setScopes(event.target.value)}
        />
      </Field>
    </Form>
  );
}

function labelOf({ displayName, email, organization, type, roles }: LabPerson): string {
  const what = type === 'bot' ? 'bot' : roles.map((role) => role.replaceAll('_', ' ')).join(', ') || 'user';
  return `${displayName} (${email}), ${what}, ${organization}`;
}
