import type { Actor } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import type { World } from '../../../world.ts';
import { findLiveSessions } from '../../sessions/index.ts';

/** When the caller of a page signed in. @throws ApiError 401 when their session has ended meanwhile */
export async function signInTimeOf(world: World, { personId, sessionId }: Actor): Promise<Date> {
  const sessions = await findLiveSessions(world.store.db, personId, world.clock.now());
  const session = sessions.find(({ id }) => id === sessionId);
  if (!session) throw new ApiError(generalErrors['session.required']);
  return session.created;
}
