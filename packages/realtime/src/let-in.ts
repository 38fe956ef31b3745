import type { Actor } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import { findRegistration, listTokens, type World } from '@moothall/platform';
import { closeCodes } from './close-codes.ts';
import type { Connection } from './connection.ts';

/** Finds the caller behind a token. */
export type Authenticate = (token: string) => Actor | undefined | Promise<Actor | undefined>;

async function tokenEndMs(world: World, tokenId: Uuid): Promise<number | undefined> {
  const [token] = await listTokens(world, world.store.db, { ids: [tokenId] });
  if (!token) return undefined;
  return token.expires_at?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** Whether a registration is that of who shows a token. */
async function isTheirs(world: World, connection: Connection, actor: Actor): Promise<boolean> {
  const registration = await findRegistration(world, connection.request.registrationId as Uuid);
  return registration?.personId === actor.personId;
}

/**
 * Looks up who a socket belongs to, and whether its registration is theirs. A registration that is not is told
 * like one that is gone: by a close without a code, upon which SDKs register anew (as observed).
 * @returns whether it is let in; it is closed otherwise
 */
export async function lookUp(
  world: World,
  authenticate: Authenticate,
  connection: Connection,
  token: string,
): Promise<boolean> {
  const actor = await authenticate(token);
  if (!actor) {
    connection.close(closeCodes.unauthorized, 'the token is not valid');
    return false;
  }
  if (!(await isTheirs(world, connection, actor))) {
    connection.close();
    return false;
  }
  connection.actor = actor;
  return connection.state === 'authorizing';
}

/**
 * Looks again once a socket hears of the ends of tokens and registrations: what ended between the first look and
 * that moment was told to nobody.
 * @returns when its token ends, in world time; undefined when the socket was closed
 */
export async function lookAgain(world: World, connection: Connection): Promise<number | undefined> {
  const actor = connection.actor!;
  const endMs = await tokenEndMs(world, actor.tokenId);
  if (endMs === undefined) connection.close(closeCodes.unauthorized, 'the token is not valid');
  else if (await isTheirs(world, connection, actor)) return endMs;
  else connection.close();
  return undefined;
}
