import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../../world.ts';
import { hashToken, newTokenText } from '../../tokens/index.ts';
import type { CodeTable } from '../oauth.table.ts';
import { deleteCodes, insertCode } from './codes.store.ts';

/** What a person agreed to. */
export type NewCode = {
  personId: Uuid;
  orgId: Uuid;
  clientId: string;
  scopes: readonly string[];
  /** As the request named it. */
  redirectUri?: string | undefined;
  challenge?: string | undefined;
  challengeMethod?: CodeTable['challenge_method'] | undefined;
  nonce?: string | undefined;
  authTime: Date;
};

/**
 * Makes an authorization code (`<opaque>_<cluster>_<organisation>`, 5 minutes) and emits
 * `authorizationCodes:created`. Codes that ended long ago are forgotten on this occasion.
 * @returns its text, known only now
 */
export async function issueCode(
  world: World,
  tx: Tx,
  request: NewCode,
  cause: { traceId?: string } = {},
): Promise<string> {
  const { personId, orgId, clientId, scopes } = request;
  const text = newTokenText(world.random, orgId);
  const [id, now] = [world.ids.uuid(), world.clock.now()];
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  await insertCode(tx.db, {
    id,
    hash: hashToken(text),
    client_id: clientId,
    person_id: personId,
    org_id: orgId,
    redirect_uri: request.redirectUri ?? null,
    scopes: [...scopes],
    challenge: request.challenge ?? null,
    challenge_method: request.challengeMethod ?? null,
    nonce: request.nonce ?? null,
    auth_time: request.authTime,
    created: now,
    expires_at: after(world.limits.get('oauth.code_lifetime')),
    used_at: null,
    grant_id: null,
  });
  await deleteCodes(tx.db, after(-world.limits.get('oauth.code_kept')));
  const data = { id, personId, clientId, scopes };
  const event = { resource: 'authorizationCodes', event: 'created', dataId: id, data };
  tx.emit({ ...cause, orgId, actorId: personId, appId: clientId, ...event });
  return text;
}
