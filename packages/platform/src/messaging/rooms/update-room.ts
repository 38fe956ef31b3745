import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  accessRoom,
  type Cause,
  changeRoom,
  dismissModerators,
  membershipFactsIn,
  type RoomFacts,
  roomErrors,
  roomFactsOf,
  setModerator,
} from '../room-access/index.ts';
import { accessTeam, teamAction } from '../team-access/index.ts';
import {
  assertPossible,
  changeAny,
  changeAsMember,
  changeOf,
  patchOf,
  permit,
  type RoomChange,
  type RoomUpdate,
} from './room-change.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import { hasModeratorOutside, lockRoom, type RoomRow } from './rooms.store.ts';

const moveToTeam = teamAction('rooms.move-to-team');

/** Locking makes the caller a moderator; an unlocked room has none (decided), but a general room keeps its team's. */
async function followLock(
  world: World,
  tx: Tx,
  room: RoomFacts,
  change: RoomChange,
  cause: Cause,
): Promise<void> {
  const personId = cause.actorId as Uuid;
  if (change.isLocked === true) await setModerator(world, tx, room, { personId, isModerator: true, cause });
  if (change.isLocked === false && room.teamId !== room.id) await dismissModerators(world, tx, room, cause);
}

/**
 * Changes a room; a request that changes nothing answers the room as it is, without an event.
 * @throws ApiError `room.not_found`, 400 for what the room cannot become, 403 for what the caller may not
 */
export async function updateRoom(
  world: World,
  decider: Decider,
  roomId: Uuid,
  request: RoomUpdate,
): Promise<RoomRow> {
  if (Object.values(request).every((value) => value === undefined))
    throw new ApiError(roomWriteErrors['room.nothing_to_change']);
  const facts = await accessRoom(world, decider, roomId, changeAny);
  const { teamId } = request;
  if (teamId !== undefined && facts.room.teamId === null) {
    authorize(decider, changeAsMember, facts);
    await accessTeam(world, decider, teamId, moveToTeam);
  }
  const { actor, trace } = decider;
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
  return world.store.tx(async (tx) => {
    const row = await lockRoom(tx.db, roomId, actor.personId);
    if (!row) throw new ApiError(roomErrors['room.not_found']);
    const change = changeOf(row, request);
    if (Object.keys(change).length === 0) return row;
    const membership = await membershipFactsIn(tx, roomId, actor.personId);
    permit(decider, { ...facts, membership, room: roomFactsOf(row) }, change);
    assertPossible(row, change);
    if (change.teamId !== undefined && (await hasModeratorOutside(tx.db, roomId, change.teamId)))
      throw new ApiError(roomWriteErrors['room.moderators_not_in_team']);
    const changed = await changeRoom(world, tx, roomId, patchOf(world, change), cause);
    if (!changed) throw new ApiError(roomErrors['room.not_found']);
    await followLock(world, tx, roomFactsOf(changed), change, cause);
    return { ...changed, viewer_title: row.viewer_title };
  });
}
