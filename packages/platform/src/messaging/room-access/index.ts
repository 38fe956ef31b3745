import { resource } from '../../resource.ts';
import { roomErrors } from './room-access.errors.ts';
import { roomAccessMigrations } from './room-access.table.ts';

export {
  type AccessedRoom,
  accessRoom,
  isMember,
  isOfOfficersOrg,
  moderatorWhenLocked,
  notArchived,
  notReadOnly,
  type RoomAccessFacts,
  roomAction,
} from './access-room.ts';
export { dismissModerators, removeMembers, setModerator } from './member-changes.ts';
export { findRoomTitles, type ListedMember, listRoomMembers, listRoomsOf } from './member-lists.ts';
export {
  addMember,
  addMembers,
  emitMembership,
  type MembershipData,
  membershipData,
  removeMember,
} from './members.ts';
export { roomErrors } from './room-access.errors.ts';
export type { MembershipTable, RoomTable } from './room-access.table.ts';
export type { Cause } from './room-cause.ts';
export {
  assertNotFull,
  findMembershipFacts,
  findRoomFacts,
  forgetMembership,
  forgetRoom,
  knownRoomFacts,
  type MembershipFacts,
  membershipFactsIn,
  type RoomFacts,
  roomFactsOf,
} from './room-facts.ts';
export { roomIdFilter } from './room-filter.ts';
export {
  archiveTeamRooms,
  changeRoom,
  emitRoom,
  type RoomPatch,
  storeRoom,
  teamRooms,
} from './room-rows.ts';

/** Rooms and memberships as what access turns on; their REST faces are slices of their own. */
export const roomAccess = resource({
  name: 'room-access',
  area: 'messaging',
  operations: [],
  errors: roomErrors,
  migrations: roomAccessMigrations,
});
