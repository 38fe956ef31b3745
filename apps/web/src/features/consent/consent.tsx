import { getAuthorizationRequest } from '@moothall/platform/contracts';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '../../app/use-session.ts';
import { useRead } from '../../data/use-operation.ts';
import { signInAddress } from '../../data/ways-out.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/states.tsx';
import { SupportContact } from '../../ui/support-contact.tsx';
import { ConsentRequest } from './consent-request.tsx';

/** Asks a person whether an app may do what it wants to do for them. */
export default function Consent() {
  const { searchStr } = useLocation();
  const query = Object.fromEntries(new URLSearchParams(searchStr));
  const request = useRead(getAuthorizationRequest, { query });
  const session = useSession();
  const { data } = request;
  useEffect(() => {
    if (data?.mustSignIn) window.location.replace(againAddress());
  }, [data?.mustSignIn]);
  if (data?.mustSignIn) return <Progress label="Going to the sign-in page" />;
  const wrong = request.error && (request.error as { status?: number }).status === 400;
  if (wrong) return <WrongRequest reason={request.error.message} />;
  return (
    <Page title={data ? `Allow ${data.client.name}?` : 'Allow an app?'}>
      <Loaded query={request}>
        {(known) => (
          <ConsentRequest request={known} queryText={searchStr} email={session.data?.person.email} />
        )}
      </Loaded>
    </Page>
  );
}

function againAddress(): string {
  return `${signInAddress(window.location.pathname + window.location.search)}&again=1`;
}

/** The app is not told of it: where its request would be answered is not certain (RFC 6749, 4.1.2.1). */
function WrongRequest({ reason }: { reason: string }) {
  return (
    <Page title="The app's request is wrong">
      <Notice tone="danger" title={reason}>
        <p>
          Nothing was allowed, and you were not sent back to the app, since its address could not be trusted.
          Tell whoever makes the app.
        </p>
      </Notice>
      <p>
        Help: <SupportContact />
      </p>
    </Page>
  );
}
