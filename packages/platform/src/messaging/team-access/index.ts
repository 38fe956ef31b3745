import { resource } from '../../resource.ts';
import { teamErrors } from './team-access.errors.ts';
import { teamAccessMigrations } from './team-access.table.ts';

export {
  accessTeam,
  type TeamAccessFacts,
  teamAction,
  teamModerator,
} from './access-team.ts';
export { teamErrors } from './team-access.errors.ts';
export type { TeamMembershipTable, TeamTable } from './team-access.table.ts';
export {
  forgetTeam,
  isInTeam,
  type TeamFacts,
} from './team-facts.ts';
export { addTeamMember, removeTeamMember, setTeamModerator } from './team-members.ts';

/** Teams and their memberships as what access turns on; their REST faces are slices of their own. */
export const teamAccess = resource({
  name: 'team-access',
  area: 'messaging',
  operations: [],
  errors: teamErrors,
  migrations: teamAccessMigrations,
});
