import { listSandboxes, requestSandbox } from '@moothall/platform/contracts';
import { useState } from 'react';
import { useSession } from '../../app/use-session.ts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Card, Facts, Row, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Time } from '../../ui/time.tsx';
import { useFaults } from '../apps/faults.ts';
import { SandboxLink } from './sandbox-link.tsx';
import { AcceptTerms, type Terms } from './terms.tsx';

type Known = ReplyOf<typeof listSandboxes>['items'][number];

/** The sandbox of who is signed in, or the form that asks for one. */
export function OwnSandbox({ terms }: { terms: Terms }) {
  // The site is entered first: its lists are for those who are there.
  const session = useSession();
  const sandboxes = useRead(listSandboxes, {}, { enabled: session.data !== undefined });
  const [link, setLink] = useState<string>();
  const [isMade, setMade] = useState(false);
  const email = session.data?.person.email ?? '';
  const query = session.isError ? { ...sandboxes, isError: true, error: session.error } : sandboxes;
  return (
    <Loaded query={query} shape="form">
      {({ items }) => {
        const live = items.find(({ status }) => status === 'ready');
        const made = (loginLink: string | undefined) => {
          setMade(true);
          setLink(loginLink);
        };
        return (
          <Stack gap="loose">
            {isMade && <SandboxLink loginLink={link} email={email} />}
            {live ? (
              <Live sandbox={live} terms={terms} onLink={made} />
            ) : (
              <Request terms={terms} endedBefore={items.length > 0} onLink={made} />
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

type Asks = { terms: Terms; onLink: (link: string | undefined) => void };

function Request({ terms, endedBefore, onLink }: Asks & { endedBefore: boolean }) {
  const request = useAction(requestSandbox, [listSandboxes]);
  const [isAccepted, accept] = useState(false);
  const { faults, show, place } = useFaults();
  const submit = async () => {
    show(isAccepted ? {} : { terms: 'Accept the terms.' });
    if (!isAccepted) return;
    const { loginLink } = await request.mutateAsync({ body: { termsVersion: terms.termsVersion } });
    onLink(loginLink);
  };
  return (
    <Stack>
      {endedBefore && <p>Your last sandbox has ended, since nobody used it. You can get a new one.</p>}
      <Form submitLabel="Request a sandbox" onSubmit={submit}>
        <div ref={place}>
          <AcceptTerms
            terms={terms}
            isAccepted={isAccepted}
            isMissing={faults.terms !== undefined}
            onAccept={accept}
          />
        </div>
      </Form>
    </Stack>
  );
}

function Live({ sandbox, terms, onLink }: Asks & { sandbox: Known }) {
  const request = useAction(requestSandbox, [listSandboxes]);
  const ask = () =>
    request.mutate(
      { body: { termsVersion: terms.termsVersion } },
      { onSuccess: ({ loginLink }) => onLink(loginLink) },
    );
  return (
    <Card>
      <Row>
        <h2>{sandbox.name}</h2>
        <Badge tone="warning">SANDBOX</Badge>
      </Row>
      <Meter label="People" value={sandbox.people} max={sandbox.peopleLimit} />
      <CopyField label="Administrator" value={sandbox.adminEmail} />
      <Facts
        items={[
          { name: 'Domain', value: sandbox.domain },
          { name: 'Made', value: <Time at={sandbox.created} /> },
          { name: 'Last used', value: <Time at={sandbox.lastActivity} /> },
          { name: 'Ends', value: <EndsAt at={sandbox.endsAt} /> },
        ]}
      />
      <p className="field-hint">
        By asking for a new link you accept the terms again: {terms.terms.join(' ')}
      </p>
      <div>
        <Button busy={request.isPending} onClick={ask}>
          Get a new sign-in link
        </Button>
      </div>
      {request.error && <ErrorNotice error={request.error} />}
    </Card>
  );
}

function EndsAt({ at }: { at: string }) {
  return (
    <>
      <Time at={at} to="date" />, unless somebody uses it before
    </>
  );
}
