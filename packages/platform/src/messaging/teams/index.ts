import { resource } from '../../resource.ts';
import { createTeam, deleteTeam, getTeam, listTeams, updateTeam } from './teams.contract.ts';
import { teamWriteErrors } from './teams.errors.ts';
import { mountTeams } from './teams.routes.ts';

export { joinTeam, leaveTeam, moderateTeam, storeTeam, teamFactsOf } from './team-verbs.ts';
export { countModerators, lockTeam } from './teams.store.ts';

/** Teams. */
export const teams = resource({
  name: 'teams',
  area: 'messaging',
  operations: [listTeams, createTeam, getTeam, updateTeam, deleteTeam],
  errors: teamWriteErrors,
  routes: mountTeams,
});
