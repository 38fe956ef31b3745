import type { Tx } from '@moothall/store';
import type { PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import type { TeamMembershipTable } from './team-access.table.ts';
import { forgetTeamMembership, type TeamFacts } from './team-facts.ts';

type Tables = { team_membership: TeamMembershipTable };
type Team = Pick<TeamFacts, 'id' | 'orgId'>;
type Member = Pick<PersonFacts, 'id' | 'orgId'>;
type Event = 'created' | 'updated' | 'deleted';

/** Who caused an event: the actor, their app, and the request. */
export type TeamCause = {
  actorId?: string | undefined;
  appId?: string | undefined;
  traceId?: string | undefined;
};

function emitTeamMembership(
  tx: Tx,
  event: Event,
  team: Team,
  row: TeamMembershipTable,
  cause: TeamCause,
): void {
  const { team_id: teamId, person_id: personId, is_moderator: isModerator } = row;
  const data = {
    teamId,
    personId,
    personOrgId: row.person_org_id,
    isModerator,
    created: row.created.toISOString(),
  };
  const dataId = `${personId}:${teamId}`;
  tx.emit({ ...cause, orgId: team.orgId, resource: 'teamMemberships', event, dataId, data });
}

/**
 * Puts a person into a team and emits `teamMemberships:created`. The general room is the caller's to fill.
 * @returns undefined when the person was in it already
 */
export async function addTeamMember(
  world: World,
  tx: Tx,
  team: Team,
  person: Member,
  { isModerator, cause }: { isModerator: boolean; cause: TeamCause },
): Promise<TeamMembershipTable | undefined> {
  const row = await tx.db
    .withTables<Tables>()
    .insertInto('team_membership')
    .values({
      team_id: team.id,
      person_id: person.id,
      person_org_id: person.orgId,
      is_moderator: isModerator,
      created: world.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['team_id', 'person_id']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  emitTeamMembership(tx, 'created', team, row, cause);
  tx.onCommit(() => forgetTeamMembership(world, team.id, person.id));
  return row;
}

/**
 * Makes somebody a moderator of a team or an ordinary member, and emits `teamMemberships:updated`.
 * @returns undefined when nothing changed: they are that already, or not in the team
 */
export async function setTeamModerator(
  world: World,
  tx: Tx,
  team: Team,
  personId: string,
  { isModerator, cause }: { isModerator: boolean; cause: TeamCause },
): Promise<TeamMembershipTable | undefined> {
  const row = await tx.db
    .withTables<Tables>()
    .updateTable('team_membership')
    .set({ is_moderator: isModerator })
    .where('team_id', '=', team.id)
    .where('person_id', '=', personId)
    .where('is_moderator', '=', !isModerator)
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  emitTeamMembership(tx, 'updated', team, row, cause);
  tx.onCommit(() => forgetTeamMembership(world, team.id, personId));
  return row;
}

/**
 * Takes a person out of a team and emits `teamMemberships:deleted`. Its rooms are the caller's to clear.
 * @returns undefined when the person was not in it
 */
export async function removeTeamMember(
  world: World,
  tx: Tx,
  team: Team,
  personId: string,
  cause: TeamCause,
): Promise<TeamMembershipTable | undefined> {
  const row = await tx.db
    .withTables<Tables>()
    .deleteFrom('team_membership')
    .where('team_id', '=', team.id)
    .where('person_id', '=', personId)
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  emitTeamMembership(tx, 'deleted', team, row, cause);
  tx.onCommit(() => forgetTeamMembership(world, team.id, personId));
  return row;
}
