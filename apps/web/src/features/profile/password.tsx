import { getSession, listOwnSessions, setPassword } from '@moothall/platform/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSearchText } from '../../app/use-search.ts';
import { useSession } from '../../app/use-session.ts';
import { useAction, useClient } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Chooses a password, the first or another. */
export default function Password() {
  const session = useSession();
  const first = useSearchText('first') !== undefined;
  return (
    <Page
      title={first ? 'Welcome: choose a password' : 'Password'}
      back={{ to: '/', label: 'Profile' }}
      lead="Take a sentence that you remember: 12 characters or more, of any kind."
    >
      <Loaded query={session} shape="form">
        {({ asksForPassword, person }) => (
          <PasswordForm asksForCurrent={asksForPassword} email={person.email} />
        )}
      </Loaded>
    </Page>
  );
}

function PasswordForm({ asksForCurrent, email }: { asksForCurrent: boolean; email: string }) {
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const client = useClient();
  const change = useAction(setPassword, [getSession, listOwnSessions]);
  const navigate = useNavigate();
  const say = useToast();
  const submit = async () => {
    await change.mutateAsync({
      body: { newPassword: fresh, ...(asksForCurrent && { currentPassword: current }) },
    });
    client.forgetSession();
    say('Your password was changed; other browsers are signed out');
    await navigate({ to: '/' });
  };
  return (
    <Form submitLabel="Save password" onSubmit={submit}>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      {asksForCurrent && (
        <Field label="Current password">
          <TextInput
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
      )}
      <Field label="New password">
        <TextInput
          type="password"
          autoComplete="new-password"
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
        />
      </Field>
    </Form>
  );
}
