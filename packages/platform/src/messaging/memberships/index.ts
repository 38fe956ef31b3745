import { resource } from '../../resource.ts';
import { emailFilter, flagFilter, idFilter, textFilter } from '../../webhook-filters.ts';
import { type MembershipData, roomIdFilter } from '../room-access/index.ts';
import { endMemberships } from './change-membership.ts';
import {
  createMembership,
  deleteMembership,
  getMembership,
  listMemberships,
  updateMembership,
} from './memberships.contract.ts';
import { membershipErrors } from './memberships.errors.ts';
import { presentMembership } from './memberships.present.ts';
import { mountMemberships } from './memberships.routes.ts';

export { changeMembership, deleteMembership } from './change-membership.ts';
export { createMembership, listMemberships } from './memberships.service.ts';

/** Who is in which room. */
export const memberships = resource({
  name: 'memberships',
  area: 'messaging',
  operations: [listMemberships, createMembership, getMembership, updateMembership, deleteMembership],
  errors: membershipErrors,
  routes: mountMemberships,
  personDeleted: endMemberships,
  webhook: {
    resource: 'memberships',
    events: ['created', 'updated', 'deleted'],
    readScopes: ['spark:memberships_read'],
    orgReadScopes: ['spark-compliance:memberships_read'],
    inFirehose: true,
    filters: {
      roomId: roomIdFilter,
      roomType: textFilter('roomType', ['group', 'direct']),
      personId: idFilter('personId', ['PEOPLE']),
      personEmail: emailFilter('personEmail'),
      isModerator: flagFilter((data) => data.isModerator === true),
    },
    // Whoever was removed is in the room no longer, and has to hear of it all the same.
    alsoHeardBy: ({ event, data }) => (event === 'deleted' ? [data.personId as string] : []),
    present: ({ data }) => presentMembership(data as MembershipData),
  },
});
