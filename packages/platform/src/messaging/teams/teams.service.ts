import { ApiError, type Uuid } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import { findPersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { archiveTeamRooms, type Cause, changeRoom } from '../room-access/index.ts';
import {
  accessTeam,
  forgetTeam,
  type TeamTable,
  teamAction,
  teamErrors,
  teamModerator,
} from '../team-access/index.ts';
import { emitTeam, storeTeam } from './team-verbs.ts';
import { teamWriteErrors } from './teams.errors.ts';
import { findTeam, lockTeam, patchTeam } from './teams.store.ts';

const readTeam = teamAction('teams.read', { compliance: true });
const changeTeam = teamAction('teams.update', { policies: [teamModerator] });
const removeTeam = teamAction('teams.delete', { policies: [teamModerator] });

/** What a request says of a team; a blank description removes it, as with rooms (decided). */
export type TeamRequest = { name?: string | undefined; description?: string | undefined };

function causeOf({ actor, trace }: Decider): Cause {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

function notFound(): ApiError {
  return new ApiError(teamErrors['team.not_found']);
}

/** A team as a member or an officer may see it. @throws ApiError `team.not_found` */
export async function showTeam(world: World, decider: Decider, teamId: Uuid): Promise<TeamTable> {
  await accessTeam(world, decider, teamId, readTeam);
  const row = await findTeam(world.store.db, teamId);
  if (!row) throw notFound();
  return row;
}

/**
 * Creates a team with its general room; the caller moderates both.
 * @throws ApiError `team.name_empty`
 */
export async function createTeam(world: World, decider: Decider, request: TeamRequest): Promise<TeamTable> {
  const name = request.name?.trim();
  if (!name) throw new ApiError(teamWriteErrors['team.name_empty']);
  const description = request.description?.trim() || null;
  const creator = await findPersonFacts(world, decider.actor.personId);
  return world.store.tx((tx) => storeTeam(world, tx, { name, description }, creator!, causeOf(decider)));
}

function patchFor(row: TeamTable, request: TeamRequest): Partial<Pick<TeamTable, 'name' | 'description'>> {
  const name = request.name?.trim() ?? row.name;
  if (name === '') throw new ApiError(teamWriteErrors['team.name_empty']);
  const description =
    request.description === undefined ? row.description : request.description.trim() || null;
  return {
    ...(name !== row.name && { name }),
    ...(description !== row.description && { description }),
  };
}

/**
 * Changes a team; the general room takes the new name (decided). What changes nothing emits nothing.
 * @throws ApiError `team.not_found`, `team.not_moderator`, `team.name_empty`, `team.nothing_to_change`
 */
export async function updateTeam(
  world: World,
  decider: Decider,
  teamId: Uuid,
  request: TeamRequest,
): Promise<TeamTable> {
  if (request.name === undefined && request.description === undefined)
    throw new ApiError(teamWriteErrors['team.nothing_to_change']);
  await accessTeam(world, decider, teamId, changeTeam);
  const cause = causeOf(decider);
  return world.store.tx(async (tx) => {
    const row = await lockTeam(tx.db, teamId);
    if (!row) throw notFound();
    const patch = patchFor(row, request);
    if (Object.keys(patch).length === 0) return row;
    const changed = await patchTeam(tx.db, teamId, patch);
    emitTeam(tx, 'updated', changed, cause);
    if (patch.name !== undefined) await changeRoom(world, tx, teamId, { title: patch.name }, cause);
    return changed;
  });
}

/**
 * Deletes a team and archives its rooms. Who was in it is kept, for officers only.
 * @throws ApiError `team.not_found`, `team.not_moderator`
 */
export async function deleteTeam(world: World, decider: Decider, teamId: Uuid): Promise<void> {
  await accessTeam(world, decider, teamId, removeTeam);
  const cause = causeOf(decider);
  await world.store.tx(async (tx) => {
    if (!(await lockTeam(tx.db, teamId))) throw notFound();
    const row = await patchTeam(tx.db, teamId, { deleted_at: world.clock.now() });
    emitTeam(tx, 'deleted', row, cause);
    await archiveTeamRooms(world, tx, teamId, cause);
    tx.onCommit(() => forgetTeam(world, teamId));
  });
}
