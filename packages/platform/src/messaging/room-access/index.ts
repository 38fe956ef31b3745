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
  type RoomAccessFacts,
  roomAction,
} from './access-room.ts';
export {
  addMember,
  type Cause,
  emitMembership,
  type MembershipData,
  memberIdsOf,
  membershipData,
  removeMember,
} from './members.ts';
export { roomErrors } from './room-access.errors.ts';
export type { MembershipTable, RoomTable } from './room-access.table.ts';
export {
  findMembershipFacts,
  findRoomFacts,
  forgetMembership,
  forgetRoom,
  type MembershipFacts,
  type RoomFacts,
} from './room-facts.ts';
export { roomIdFilter } from './room-filter.ts';

/** Rooms and memberships as what access turns on; their REST faces are slices of their own. */
export const roomAccess = resource({
  name: 'room-access',
  area: 'messaging',
  operations: [],
  errors: roomErrors,
  migrations: roomAccessMigrations,
});
