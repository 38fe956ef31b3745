import { requestSandboxAsVisitor } from '@moothall/platform/contracts';
import { useState } from 'react';
import { useClient } from '../../data/use-operation.ts';
import { signInAddress } from '../../data/ways-out.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useFaults } from '../apps/faults.ts';
import { SandboxLink } from './sandbox-link.tsx';
import { AcceptTerms, type Terms } from './terms.tsx';

/** Asks for a sandbox without an account; the way in goes to the e-mail address. */
export function VisitorSandbox({ terms }: { terms: Terms }) {
  const client = useClient();
  const [email, setEmail] = useState('');
  const [isAccepted, accept] = useState(false);
  const [asked, setAsked] = useState<{ loginLink?: string | undefined }>();
  const { faults, show, place } = useFaults();
  const submit = async () => {
    const missing = {
      ...(email.trim() === '' && { email: 'Enter your e-mail address.' }),
      ...(!isAccepted && { terms: 'Accept the terms.' }),
    };
    show(missing);
    if (Object.keys(missing).length > 0) return;
    const body = { email: email.trim(), termsVersion: terms.termsVersion };
    setAsked(await client.ask(requestSandboxAsVisitor, { body }));
  };
  if (asked) return <SandboxLink loginLink={asked.loginLink} email={email.trim()} />;
  return (
    <Stack gap="loose">
      <Form submitLabel="Request a sandbox" onSubmit={submit}>
        <div ref={place} className="stack">
          <Field label="E-mail address" hint="We send the way in there." error={faults.email}>
            <TextInput
              type="email"
              autoComplete="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <AcceptTerms
            terms={terms}
            isAccepted={isAccepted}
            isMissing={faults.terms !== undefined}
            onAccept={accept}
          />
        </div>
      </Form>
      <p>
        You have an account? <a href={signInAddress('/portal/sandbox')}>Sign in first</a>, and the sandbox is
        listed here.
      </p>
    </Stack>
  );
}
