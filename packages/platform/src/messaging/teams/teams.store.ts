import type { Database } from '@moothall/store';
import type { TeamMembershipTable, TeamTable } from '../team-access/index.ts';

type Tables = { team: TeamTable; team_membership: TeamMembershipTable };

/** A team, deleted ones too. */
export function findTeam(db: Database, teamId: string): Promise<TeamTable | undefined> {
  return db.withTables<Tables>().selectFrom('team').selectAll().where('id', '=', teamId).executeTakeFirst();
}

/** A team that is not deleted, locked for the rest of a transaction. */
export function lockTeam(db: Database, teamId: string): Promise<TeamTable | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('team')
    .selectAll()
    .where('id', '=', teamId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** Teams of a person by id, one more than `max`. @param after id of the last team of the page before */
export function listTeamsOf(
  db: Database,
  personId: string,
  { max, after }: { max: number; after?: string | undefined },
): Promise<TeamTable[]> {
  let query = db
    .withTables<Tables>()
    .selectFrom('team')
    .innerJoin('team_membership as place', 'place.team_id', 'team.id')
    .where('place.person_id', '=', personId)
    .where('team.deleted_at', 'is', null)
    .selectAll('team')
    .limit(max + 1);
  if (after !== undefined) query = query.where('team.id', '>', after);
  return query.orderBy('team.id').execute();
}

/** Stores a team. */
export async function insertTeam(db: Database, row: TeamTable): Promise<void> {
  await db.withTables<Tables>().insertInto('team').values(row).execute();
}

/** Changes a team. @returns the team as it is now */
export function patchTeam(
  db: Database,
  teamId: string,
  patch: Partial<Pick<TeamTable, 'name' | 'description' | 'deleted_at'>>,
): Promise<TeamTable> {
  return db
    .withTables<Tables>()
    .updateTable('team')
    .set(patch)
    .where('id', '=', teamId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Moderators of a team, counted. */
export async function countModerators(db: Database, teamId: string): Promise<number> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('team_membership')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('team_id', '=', teamId)
    .where('is_moderator', '=', true)
    .executeTakeFirstOrThrow();
  return row.count;
}
