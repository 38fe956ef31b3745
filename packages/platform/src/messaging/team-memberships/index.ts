import { resource } from '../../resource.ts';
import {
  createTeamMembership,
  deleteTeamMembership,
  getTeamMembership,
  listTeamMemberships,
  updateTeamMembership,
} from './team-memberships.contract.ts';
import { teamMembershipErrors } from './team-memberships.errors.ts';
import { mountTeamMemberships } from './team-memberships.routes.ts';

/** Who is in a team. */
export const teamMemberships = resource({
  name: 'team-memberships',
  area: 'messaging',
  operations: [
    listTeamMemberships,
    createTeamMembership,
    getTeamMembership,
    updateTeamMembership,
    deleteTeamMembership,
  ],
  errors: teamMembershipErrors,
  routes: mountTeamMemberships,
});
