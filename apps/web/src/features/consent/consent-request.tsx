import './consent.css';
import { type authorizationRequestBody, decideAuthorizationRequest } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { z } from 'zod';
import { useAction } from '../../data/use-operation.ts';
import { signInAddress } from '../../data/ways-out.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Card, Row, Stack } from '../../ui/layout.tsx';
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
      <ConsentApp request={request} />
      <Barriers request={request} />
      <ScopeList request={request} />
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

function ConsentApp({ request: { client } }: { request: Request }) {
  return (
    <div className="consent-app">
      {client.iconPath !== undefined && <img className="consent-icon" src={client.iconPath} alt="" />}
      <div>
        <div className="consent-name">{client.name}</div>
        {client.organizationName !== undefined && (
          <div className="field-hint">by {client.organizationName}</div>
        )}
        {client.description !== undefined && client.description !== '' && <div>{client.description}</div>}
      </div>
    </div>
  );
}

function ScopeList({ request: { scopes, client, isFirstConsent } }: { request: Request }) {
  const added = scopes.filter(({ isNew }) => isNew);
  return (
    <Card>
      <Stack>
        <h2>{client.name} will be able to</h2>
        {!isFirstConsent && added.length > 0 && (
          <p>You allowed this app before. What is new since then is marked.</p>
        )}
        <ul className="consent-scopes">
          {scopes.map(({ scope, text, isNew }) => (
            <li key={scope} className="consent-scope">
              <span>
                {text} {isNew && <Badge tone="warning">New</Badge>}
              </span>
              <code className="field-hint">{scope}</code>
            </li>
          ))}
        </ul>
      </Stack>
    </Card>
  );
}
