import { requestPasswordReset } from '@moothall/platform/contracts';
import { useState } from 'react';
import { useClient } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';

/** Asks for a mail with a link to a new password. */
export default function PasswordReset() {
  const client = useClient();
  const [email, setEmail] = useState('');
  const [told, setTold] = useState<string>();
  const submit = async () => {
    const { message } = await client.ask(requestPasswordReset, { body: { email } });
    setTold(message);
  };
  return (
    <Page title="Forgot your password?" back={{ to: '/sign-in', label: 'Sign in' }}>
      {told === undefined ? (
        <Form submitLabel="Send me a link" onSubmit={submit}>
          <Field label="E-mail address" hint="We mail you a link that signs you in once.">
            <TextInput
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
        </Form>
      ) : (
        <Notice tone="success" live title="Look into your mailbox">
          <p>{told}</p>
        </Notice>
      )}
    </Page>
  );
}
