import {
  idText,
  listOf,
  messagingAccess,
  operation,
  pageSize,
  timeText,
  userAccess,
  wireUuid,
} from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { teamErrors } from '../team-access/team-access.errors.ts';
import { teamWriteErrors } from './teams.errors.ts';

const testedBy = ['packages/platform/src/messaging/teams/teams.test.ts'];

/** A team on the wire. */
export const team = z.strictObject({
  id: idText,
  name: z.string(),
  description: z.string().optional(),
  creatorId: idText,
  created: timeText,
});

const params = z.object({ teamId: wireUuid('TEAM') });
const body = z.object({
  name: z.string().max(limitLedger['room.title'].value).optional(),
  description: z.string().max(limitLedger['room.description'].value).optional(),
});

/** Lists the caller's own teams, a compliance officer's too; by id. */
export const listTeams = operation({
  id: 'teams.list',
  method: 'GET',
  path: '/teams',
  summary: 'List teams',
  access: userAccess('spark:teams_read'),
  query: z.object({
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(team),
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Creates a team with its general room; the caller moderates both. */
export const createTeam = operation({
  id: 'teams.create',
  method: 'POST',
  path: '/teams',
  summary: 'Create a team',
  access: userAccess('spark:teams_write'),
  body,
  response: team,
  errors: [teamWriteErrors['team.name_empty']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a team. */
export const getTeam = operation({
  id: 'teams.get',
  method: 'GET',
  path: '/teams/{teamId}',
  summary: 'Get team details',
  access: messagingAccess('teams_read'),
  params,
  response: team,
  errors: [teamErrors['team.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Changes name or description of a team; moderators only. Its general room takes the new name. */
export const updateTeam = operation({
  id: 'teams.update',
  method: 'PUT',
  path: '/teams/{teamId}',
  summary: 'Update a team',
  access: userAccess('spark:teams_write'),
  params,
  body,
  response: team,
  errors: [
    teamWriteErrors['team.name_empty'],
    teamWriteErrors['team.nothing_to_change'],
    teamErrors['team.not_moderator'],
    teamErrors['team.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Deletes a team, moderators only; its rooms are archived. */
export const deleteTeam = operation({
  id: 'teams.delete',
  method: 'DELETE',
  path: '/teams/{teamId}',
  summary: 'Delete a team',
  access: userAccess('spark:teams_write'),
  params,
  errors: [teamErrors['team.not_moderator'], teamErrors['team.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
