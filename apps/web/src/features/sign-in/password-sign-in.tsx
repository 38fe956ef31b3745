import { signIn } from '@moothall/platform/contracts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSearchText } from '../../app/use-search.ts';
import { siteFacts } from '../../data/site-facts.ts';
import { useClient } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';

/** Signs in with e-mail address and password, then goes on. */
export function PasswordSignIn({ next }: { next: string }) {
  const client = useClient();
  const [email, setEmail] = useState(useSearchText('email') ?? '');
  const [password, setPassword] = useState('');
  const submit = async () => {
    await client.ask(signIn, { body: { email, password } });
    client.forgetSession();
    window.location.assign(next);
  };
  return (
    <Stack gap="loose">
      <Form submitLabel="Sign in" onSubmit={submit}>
        <Field label="E-mail address">
          <TextInput
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label="Password">
          <TextInput
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </Form>
      <p>
        <Link to="/password-reset">Forgot your password?</Link>
      </p>
      {siteFacts().mode === 'lab' && (
        <p className="field-hint">
          In the lab, the start prints a sign-in link for each person of the world; it needs no password.
        </p>
      )}
    </Stack>
  );
}
