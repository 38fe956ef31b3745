import type { Uuid } from '@moothall/core';
import type { World } from '../../world.ts';

/** What rules ask about a team; cached until it changes. Deleted teams are found, and marked. */
export type TeamFacts = { id: Uuid; orgId: Uuid; deleted: boolean };

/** What rules ask about somebody's place in a team. */
export type TeamMembershipFacts = { isModerator: boolean };

async function cached<Facts>(
  world: World,
  cacheName: string,
  key: string,
  read: () => Promise<Facts | undefined>,
): Promise<Facts | undefined> {
  const cache = world.caches.named<Facts>(cacheName);
  const known = cache.get(key);
  if (known) return known;
  const version = cache.version();
  const facts = await read();
  if (facts) cache.set(key, facts, version);
  return facts;
}

/** The facts of a team; undefined when there never was one. */
export function findTeamFacts(world: World, teamId: Uuid): Promise<TeamFacts | undefined> {
  return cached(world, 'team', teamId, async () => {
    const { rows } = await world.store.pool.query<TeamFacts>(
      'select id, org_id as "orgId", deleted_at is not null as deleted from team where id = $1',
      [teamId],
    );
    return rows[0];
  });
}

/** The facts of somebody's membership; undefined for who is not in the team. */
export function findTeamMembershipFacts(
  world: World,
  teamId: Uuid,
  personId: Uuid,
): Promise<TeamMembershipFacts | undefined> {
  return cached(world, 'team-membership', `${teamId}:${personId}`, async () => {
    const { rows } = await world.store.pool.query<TeamMembershipFacts>(
      'select is_moderator as "isModerator" from team_membership where team_id = $1 and person_id = $2',
      [teamId, personId],
    );
    return rows[0];
  });
}

/** Whether somebody is in a team that is not deleted: such a person may see and join its rooms. */
export async function isInTeam(world: World, teamId: Uuid, personId: Uuid): Promise<boolean> {
  if ((await findTeamMembershipFacts(world, teamId, personId)) === undefined) return false;
  return (await findTeamFacts(world, teamId))?.deleted === false;
}

/** Whether somebody of an organisation is in a team. */
export async function hasTeamMemberOfOrg(world: World, teamId: Uuid, orgId: Uuid): Promise<boolean> {
  const { rows } = await world.store.pool.query(
    'select 1 from team_membership where team_id = $1 and person_org_id = $2 limit 1',
    [teamId, orgId],
  );
  return rows.length > 0;
}

/** Forgets a team's facts, in `tx.onCommit` of the transaction that changed it. */
export function forgetTeam(world: World, teamId: string): void {
  world.caches.named<TeamFacts>('team').delete(teamId);
}

/** Forgets a team membership's facts, in `tx.onCommit` of the transaction that changed it. */
export function forgetTeamMembership(world: World, teamId: string, personId: string): void {
  world.caches.named<TeamMembershipFacts>('team-membership').delete(`${teamId}:${personId}`);
}
