import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { PersonFacts } from '../../../people/people/index.ts';
import type { World } from '../../../world.ts';
import { openGrant, revokeGrants } from '../../grants/index.ts';
import { hashToken } from '../../tokens/index.ts';
import type { OAuthClient } from '../clients/client.ts';
import { oauthErrors } from '../oauth.errors.ts';
import type { CodeTable } from '../oauth.table.ts';
import { type IssuedTokens, mintUnder, personOfGrant } from '../token/issued-tokens.ts';
import { findCode, lockCode, markCodeUsed } from './codes.store.ts';
import { matchesChallenge } from './pkce.ts';

/** What a client shows for its tokens. */
export type CodeForm = {
  code: string;
  redirectUri?: string | undefined;
  verifier?: string | undefined;
};

function invalid(field: string): ApiError {
  return new ApiError(oauthErrors['oauth.grant_invalid'], { parameters: { field } });
}

function mismatch(field: string): ApiError {
  return new ApiError(oauthErrors['oauth.grant_mismatch'], { parameters: { field } });
}

/** Named in the request: named here, and the same. Not named there: here none but the registered one. */
function matchesRedirect(client: OAuthClient, code: CodeTable, sent: string | undefined): boolean {
  if (code.redirect_uri !== null) return sent === code.redirect_uri;
  return sent === undefined || client.settings.redirectUris.includes(sent);
}

function assertRedeemable(world: World, client: OAuthClient, code: CodeTable, form: CodeForm): void {
  if (code.expires_at.getTime() <= world.clock.nowMs()) throw invalid('code');
  if (!matchesRedirect(client, code, form.redirectUri)) throw mismatch('redirect_uri');
  if (!matchesChallenge(code, form.verifier)) throw mismatch('code_verifier');
}

/** A code with whose it is. */
export type Redemption = { client: OAuthClient; code: CodeTable; person: PersonFacts };

async function redeem(world: World, tx: Tx, redemption: Redemption): Promise<IssuedTokens> {
  const { client, code, person } = redemption;
  const { scopes } = code;
  const request = { personId: person.id, orgId: person.orgId, clientId: client.clientId, scopes };
  const { grantId, refreshToken, refreshExpiresAt } = await openGrant(world, tx, request);
  await markCodeUsed(tx.db, code.id, grantId, world.clock.now());
  const access = await mintUnder(world, tx, { client, person, grantId }, scopes);
  return { ...access, refreshToken, refreshExpiresAt, scopes };
}

/** A code that comes twice was seen by somebody else: whatever it gave ends (F57). */
async function revokeWhatItGave(world: World, tx: Tx, code: CodeTable, traceId: string): Promise<void> {
  const cause = { orgId: code.org_id, actorId: code.person_id, appId: code.client_id, traceId };
  await revokeGrants(world, tx, { ids: [code.grant_id!] }, cause);
}

/**
 * Gives tokens for a code, once. A refused request uses nothing up.
 * @returns them with the code's row and its person
 * @throws ApiError invalid_grant, or tokenlimit_reached (F66)
 */
export async function redeemCode(
  world: World,
  client: OAuthClient,
  form: CodeForm,
  traceId: string,
): Promise<Redemption & { issued: IssuedTokens }> {
  const seen = await findCode(world.store.db, hashToken(form.code));
  if (seen?.client_id !== client.clientId) throw invalid('code');
  // Before the lock: whoever holds it must not wait for a connection that those hold who wait for it.
  const person =
    seen.used_at === null ? await personOfGrant(world, client, seen.person_id as Uuid) : undefined;
  const redeemed = await world.store.tx(async (tx) => {
    const code = await lockCode(tx.db, seen.id);
    // Returned, not thrown: the revocation must be committed.
    if (!code || !person || code.used_at !== null)
      return void (code && (await revokeWhatItGave(world, tx, code, traceId)));
    assertRedeemable(world, client, code, form);
    const redemption = { client, code, person };
    return { ...redemption, issued: await redeem(world, tx, redemption) };
  });
  if (!redeemed) throw invalid('code');
  return redeemed;
}
