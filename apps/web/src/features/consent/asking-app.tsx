import './consent.css';
import type { authorizationRequestBody } from '@moothall/platform/contracts';
import type { z } from 'zod';
import { Badge } from '../../ui/badge.tsx';
import { Card, Stack } from '../../ui/layout.tsx';

type Request = z.infer<typeof authorizationRequestBody>;

/** Which app asks, and whose it is. */
export function AskingApp({ client }: { client: Request['client'] }) {
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

/** What the app wants to do, in plain words; what it wants anew is marked (F60). */
export function AskedScopes({
  request: { scopes, client, isFirstConsent },
}: {
  request: Pick<Request, 'scopes' | 'client' | 'isFirstConsent'>;
}) {
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
