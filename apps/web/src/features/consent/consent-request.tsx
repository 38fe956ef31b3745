import { type authorizationRequestBody, decideAuthorizationRequest } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { z } from 'zod';
import { useAction } from '../../data/use-operation.ts';
import { signInAddress } from '../../data/ways-out.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { AskedScopes, AskingApp } from './asking-app.tsx';
import { Barriers } from './barriers.tsx';

type Request = z.infer<typeof authorizationRequestBody>;

/** What an app asks for, with the two answers. */
export function ConsentRequest({
  request,
  queryText,
  email,
}: {
  request: Request;
  queryText: string;
  email: string | undefined;
}) {
  const decide = useAction(decideAuthorizationRequest);
  const [answered, setAnswered] = useState<boolean>();
  const [error, setError] = useState<unknown>();
  const answer = async (approved: boolean) => {
    if (answered !== undefined) return;
    setAnswered(approved);
    setError(undefined);
    try {
      const { redirectUrl } = await decide.mutateAsync({
        body: { query: queryText.replace(/^\?/, ''), approved },
      });
      window.location.assign(redirectUrl);
    } catch (refusal) {
      setAnswered(undefined);
      setError(refusal);
    }
  };
  const mayAgree = request.barrier === undefined && request.lackingRoles.length === 0;
  return (
    <Stack gap="loose">
      <AskingApp client={request.client} />
      <Barriers request={request} />
      <AskedScopes request={request} />
      {error !== undefined && <ErrorNotice error={error} />}
      <Row>
        <Button
          variant="primary"
          busy={answered === true}
          disabled={!mayAgree || answered === false}
          onClick={() => void answer(true)}
        >
          Accept
        </Button>
        <Button busy={answered === false} disabled={answered === true} onClick={() => void answer(false)}>
          Decline
        </Button>
      </Row>
      <p className="field-hint">
        You go on to <strong>{request.redirectHost}</strong>. You can take this back at any time under Devices
        and sessions.
      </p>
      {email !== undefined && (
        <p className="field-hint">
          You are signed in as {email}.{' '}
          <a href={`${signInAddress(window.location.pathname + window.location.search)}&again=1`}>
            Use another account
          </a>
        </p>
      )}
    </Stack>
  );
}
