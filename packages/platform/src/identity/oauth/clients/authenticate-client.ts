import { ApiError } from '@moothall/core';
import { secretMatches } from '../../../apps/apps/index.ts';
import type { World } from '../../../world.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { parseBasic } from './basic-credentials.ts';
import { findClient, type OAuthClient } from './client.ts';

/** Where a client may have put its credentials. */
export type ClientRequest = {
  headers: Record<string, string | undefined>;
  body: { client_id?: string | undefined; client_secret?: string | undefined };
};

type Presented = { clientIds: readonly string[]; secrets: readonly string[]; byBasic: boolean };

const CHALLENGE = { 'WWW-Authenticate': 'Basic realm="moothall", charset="UTF-8"' };

function refusal(byBasic: boolean): ApiError {
  return byBasic
    ? new ApiError(oauthErrors['oauth.client_unauthorized'], { headers: CHALLENGE })
    : new ApiError(oauthErrors['oauth.client_invalid']);
}

function assertAgree(field: string, sent: string | undefined, readings: readonly string[]): void {
  if (sent === undefined || readings.includes(sent)) return;
  const parameters = { field, remedy: 'it differs from the Authorization header; send one of them.' };
  throw new ApiError(oauthErrors['oauth.invalid_request'], { parameters });
}

function presentedBy({ headers, body }: ClientRequest): Presented {
  const basic = parseBasic(headers.authorization);
  if (basic === 'malformed') throw refusal(true);
  if (basic) {
    assertAgree('client_id', body.client_id, basic.clientIds);
    assertAgree('client_secret', body.client_secret, basic.secrets);
    return { ...basic, byBasic: true };
  }
  if (body.client_id === undefined || body.client_secret === undefined) throw refusal(false);
  return { clientIds: [body.client_id], secrets: [body.client_secret], byBasic: false };
}

async function firstClient(world: World, clientIds: readonly string[]): Promise<OAuthClient | undefined> {
  for (const clientId of clientIds) {
    const client = await findClient(world, clientId);
    if (client) return client;
  }
  return undefined;
}

/**
 * Who calls an endpoint of OAuth, by credentials in the body or by HTTP Basic.
 * @throws ApiError invalid_client: 401 with a challenge where Basic was used, else 400 (documented);
 *   invalid_request where body and header disagree
 */
export async function authenticateClient(world: World, request: ClientRequest): Promise<OAuthClient> {
  const { clientIds, secrets, byBasic } = presentedBy(request);
  const client = await firstClient(world, clientIds);
  if (!client || !secrets.some((secret) => secretMatches(world, client.row, secret))) throw refusal(byBasic);
  return client;
}
