import { ApiError, type PairKey, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  type AccessedRoom,
  accessRoom,
  type Cause,
  changeRoom,
  emitMembership,
  type MembershipData,
  type RoomFacts,
  removeMembers,
  setModerator,
} from '../room-access/index.ts';
import {
  hideRoom,
  leave,
  moderateMember,
  officerFirst,
  removeSomebody,
  touchMember,
} from './membership-actions.ts';
import { membershipErrors } from './memberships.errors.ts';
import { causeOf, ensureModerated } from './memberships.service.ts';
import {
  countMembers,
  findMembership,
  groupRoomsOf,
  lockRoomFacts,
  setRoomHidden,
} from './memberships.store.ts';

/** What is to become of a membership; whatever is absent stays. */
export type MembershipChange = { isModerator?: boolean | undefined; isRoomHidden?: boolean | undefined };

/** What a change works on, under the lock of the room. */
type Target = { world: World; tx: Tx; room: RoomFacts; data: MembershipData; cause: Cause };

async function lockTarget(world: World, tx: Tx, key: PairKey, cause: Cause): Promise<Target> {
  const room = await lockRoomFacts(tx.db, key.second);
  const data = room && (await findMembership(tx.db, room.id, key.first));
  if (!data) throw new ApiError(membershipErrors['membership.not_participant']);
  return { world, tx, room, data, cause };
}

async function assertModeratorRemains({ tx, room, data }: Target): Promise<void> {
  if (room.teamId !== room.id || !data.isModerator) return;
  const { moderators } = await countMembers(tx.db, room.id);
  if (moderators === 1) throw new ApiError(membershipErrors['membership.last_moderator']);
}

/** A locked room whose last moderator is gone would stay locked for ever: it is unlocked (decided). */
async function unlockWithoutModerator(world: World, tx: Tx, room: RoomFacts, cause: Cause): Promise<void> {
  if (!room.isLocked || room.teamId === room.id) return;
  const { moderators } = await countMembers(tx.db, room.id);
  if (moderators > 0) return;
  await changeRoom(world, tx, room.id, { is_locked: false, is_announcement_only: false }, cause);
}

async function moderate(target: Target, isModerator: boolean): Promise<void> {
  const { world, tx, room, data, cause } = target;
  if (room.type === 'direct') throw new ApiError(membershipErrors['membership.direct_unmoderated']);
  if (isModerator) await ensureModerated(world, tx, room, cause);
  else await assertModeratorRemains(target);
  await setModerator(world, tx, room, { personId: data.personId as Uuid, isModerator, cause });
  if (!isModerator) await unlockWithoutModerator(world, tx, room, cause);
}

async function hide({ tx, room, data, cause }: Target, isRoomHidden: boolean): Promise<void> {
  if (room.type === 'group') throw new ApiError(membershipErrors['membership.group_shown']);
  await setRoomHidden(tx.db, room.id, data.personId, isRoomHidden);
  emitMembership(tx, 'updated', room, { ...data, isRoomHidden }, cause);
}

/** Asks for the rights of what becomes different; clients send back what stays the same. */
async function apply(
  decider: Decider,
  accessed: AccessedRoom,
  target: Target,
  change: MembershipChange,
): Promise<void> {
  const { data, room } = target;
  const { isModerator = data.isModerator, isRoomHidden = data.isRoomHidden } = change;
  if (isModerator !== data.isModerator) {
    authorize(decider, moderateMember, { ...accessed, room });
    await moderate(target, isModerator);
  }
  if (isRoomHidden !== data.isRoomHidden) {
    authorize({ ...decider, capacities: ['user'] }, hideRoom, data);
    await hide(target, isRoomHidden);
  }
}

/**
 * Makes somebody a moderator or an ordinary member, or hides a direct room; what changes nothing emits nothing.
 * @throws ApiError `membership.*`, `room.not_moderator`, `room.archived`
 */
export async function changeMembership(
  world: World,
  caller: Decider,
  key: PairKey,
  change: MembershipChange,
): Promise<MembershipData> {
  if (change.isModerator === undefined && change.isRoomHidden === undefined)
    throw new ApiError(membershipErrors['membership.nothing_to_change']);
  const decider = officerFirst(caller);
  const accessed = await accessRoom(world, decider, key.second, touchMember);
  return world.store.tx(async (tx) => {
    const target = await lockTarget(world, tx, key, causeOf(decider));
    await apply(decider, accessed, target, change);
    return (await findMembership(tx.db, key.second, key.first))!;
  });
}

/**
 * Takes the caller or somebody else out of a group room; the room stays, even without anybody.
 * @throws ApiError `membership.*`, `room.not_moderator`
 */
export async function deleteMembership(world: World, caller: Decider, key: PairKey): Promise<void> {
  const decider = officerFirst(caller);
  const action = key.first === decider.actor.personId ? leave : removeSomebody;
  const accessed = await accessRoom(world, decider, key.second, action);
  if (accessed.room.type === 'direct') throw new ApiError(membershipErrors['membership.direct_stays']);
  await world.store.tx(async (tx) => {
    const target = await lockTarget(world, tx, key, causeOf(decider));
    const { room, cause } = target;
    authorize(decider, action, { ...accessed, room });
    await assertModeratorRemains(target);
    await removeMembers(world, tx, [room], { personId: key.first, cause });
    await unlockWithoutModerator(world, tx, room, cause);
  });
}

/** Ends the memberships of a deleted person; direct rooms keep both, for the other one to read on (decided). */
export async function endMemberships(world: World, tx: Tx, personId: Uuid, cause: Cause): Promise<void> {
  const rooms = await groupRoomsOf(tx.db, personId);
  await removeMembers(world, tx, rooms, { personId, cause });
  for (const room of rooms) await unlockWithoutModerator(world, tx, room, cause);
}
