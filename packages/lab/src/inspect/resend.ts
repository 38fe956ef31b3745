import type { Actor } from '@moothall/contract';
import { ApiError } from '@moothall/core';
import { mintToken, revokeTokens, type World } from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';

/** A request to be sent again. */
export type Resent = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
};

const TOKEN_LIFETIME_S = 60;
const UNSENT: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'host',
  'trackingid',
  'transfer-encoding',
]);

function headersOf(given: Record<string, string>, token: string | undefined): Record<string, string> {
  const kept = Object.entries(given).filter(([name]) => !UNSENT.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...(token !== undefined && { authorization: `Bearer ${token}` }) };
}

async function send(baseUrl: string, { method, path, headers, body }: Resent, token: string | undefined) {
  try {
    const reply = await fetch(baseUrl + path, {
      method,
      headers: headersOf(headers, token),
      redirect: 'manual',
      ...(body !== undefined && method !== 'GET' && method !== 'HEAD' && { body }),
    });
    const answered = Object.fromEntries(reply.headers);
    return {
      status: reply.status,
      trackingId: answered.trackingid ?? '',
      headers: answered,
      body: await reply.text(),
    };
  } catch (error) {
    throw new ApiError(labErrors['lab.resend_failed'], { parameters: { reason: (error as Error).message } });
  }
}

/**
 * Sends a request to this server once more, as the caller of before: no token is kept, so a new one with the
 * same scopes lives while the request lasts.
 * @throws ApiError `lab.resend_failed` where it cannot be sent, `token.limit_reached` at the account's limit
 */
export async function resend(world: World, baseUrl: string, actor: Actor | undefined, request: Resent) {
  if (!actor) return send(baseUrl, request, undefined);
  const { personId, orgId, scopes, appId } = actor;
  const wanted = { personId, orgId, scopes: [...scopes], lifetimeSeconds: TOKEN_LIFETIME_S };
  const { token, tokenId } = await world.store.tx((tx) =>
    mintToken(world, tx, { ...wanted, ...(appId !== undefined && { appId }) }),
  );
  try {
    return await send(baseUrl, request, token);
  } finally {
    await world.store.tx((tx) => revokeTokens(world, tx, { ids: [tokenId] }, { orgId, actorId: personId }));
  }
}
