import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { Cursor } from '../../paging.ts';
import type { PersonTable } from '../../people/people/index.ts';
import type { TeamMembershipTable } from '../team-access/index.ts';

type Tables = { team_membership: TeamMembershipTable; person: PersonTable };

/** A membership of a team with its person's names. */
export type TeamMembershipRow = TeamMembershipTable & Pick<PersonTable, 'email' | 'display_name'>;

function membershipsOf(db: Database, teamId: string) {
  return db
    .withTables<Tables>()
    .selectFrom('team_membership as place')
    .innerJoin('person', 'person.id', 'place.person_id')
    .where('place.team_id', '=', teamId)
    .selectAll('place')
    .select(['person.email', 'person.display_name']);
}

/** One membership; undefined when the person is not in the team. */
export function findTeamMembership(
  db: Database,
  teamId: string,
  personId: string,
): Promise<TeamMembershipRow | undefined> {
  return membershipsOf(db, teamId).where('place.person_id', '=', personId).executeTakeFirst();
}

/** Memberships of a team in the order of joining, one more than `max`. */
export function listMembershipsOfTeam(
  db: Database,
  teamId: string,
  { max, after }: { max: number; after?: Cursor | undefined },
): Promise<TeamMembershipRow[]> {
  let query = membershipsOf(db, teamId).limit(max + 1);
  if (after)
    query = query.where(
      sql<boolean>`(place.created, place.person_id) > (${after.key}::timestamptz, ${after.id}::uuid)`,
    );
  return query.orderBy('place.created').orderBy('place.person_id').execute();
}
