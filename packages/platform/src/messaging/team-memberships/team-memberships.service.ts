import { ApiError, type PairKey, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { assertBotMayJoin } from '../../apps/bot-policies/index.ts';
import type { Action, Decider } from '../../authorize.ts';
import type { Cursor } from '../../paging.ts';
import { type PersonReference, resolvePerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import type { Cause } from '../room-access/index.ts';
import {
  accessTeam,
  type TeamAccessFacts,
  type TeamFacts,
  teamAction,
  teamErrors,
  teamModerator,
} from '../team-access/index.ts';
import { countModerators, joinTeam, leaveTeam, lockTeam, moderateTeam, teamFactsOf } from '../teams/index.ts';
import { teamMembershipErrors } from './team-memberships.errors.ts';
import {
  findTeamMembership,
  listMembershipsOfTeam,
  type TeamMembershipRow,
} from './team-memberships.store.ts';

const listMembers = teamAction('team-memberships.list', { compliance: true });
// A team opens all its rooms to whom it takes in: that is its moderators' to decide.
const addMembers = teamAction('team-memberships.create', { compliance: true, policies: [teamModerator] });

/** Actions on one membership; a stranger learns nothing of the team. */
function membershipAction(name: string, onlyModerators: boolean): Action<TeamAccessFacts> {
  const policies = onlyModerators ? { policies: [teamModerator] } : {};
  const action = teamAction(`team-memberships.${name}`, { compliance: true, ...policies });
  return { ...action, unrelated: teamMembershipErrors['team_membership.not_found'] };
}

const readMembership = membershipAction('read', false);
const changeMembership = membershipAction('update', true);
const leave = membershipAction('leave', false);
const removeMembership = membershipAction('delete', true);

/** What a new membership of a team is made of. */
export type NewTeamMembership = PersonReference & {
  teamId?: Uuid | undefined;
  isModerator?: boolean | undefined;
};

function causeOf({ actor, trace }: Decider): Cause {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

function notFound(): ApiError {
  return new ApiError(teamMembershipErrors['team_membership.not_found']);
}

async function read(db: Parameters<typeof findTeamMembership>[0], key: PairKey): Promise<TeamMembershipRow> {
  const row = await findTeamMembership(db, key.second, key.first);
  if (!row) throw notFound();
  return row;
}

/** Who is in a team, one more than `max`. @throws ApiError `team_membership.team_required`, `team.not_found` */
export async function listTeamMembers(
  world: World,
  decider: Decider,
  query: { teamId?: Uuid | undefined; max: number; after?: Cursor | undefined },
): Promise<TeamMembershipRow[]> {
  const { teamId } = query;
  if (teamId === undefined) throw new ApiError(teamMembershipErrors['team_membership.team_required']);
  await accessTeam(world, decider, teamId, listMembers);
  return listMembershipsOfTeam(world.store.db, teamId, query);
}

/** A membership as people of the team and officers see it. @throws ApiError `team_membership.not_found` */
export async function showTeamMember(
  world: World,
  decider: Decider,
  key: PairKey,
): Promise<TeamMembershipRow> {
  await accessTeam(world, decider, key.second, readMembership);
  return read(world.store.db, key);
}

/** The lock makes changes of one team's memberships one after the other: a team never loses its last moderator. */
async function lock(tx: Tx, teamId: Uuid, absent: ApiError): Promise<TeamFacts> {
  const row = await lockTeam(tx.db, teamId);
  if (!row) throw absent;
  return teamFactsOf(row);
}

/**
 * Puts a person into a team and its general room; an unknown address becomes a pending person.
 * @throws ApiError `team_membership.exists`, `team.not_found`, `team.not_moderator`, `person.*`, `room.full`,
 *   `bot.not_listed`, `apps.not_in_gov`
 */
export async function addTeamMembership(
  world: World,
  decider: Decider,
  request: NewTeamMembership,
): Promise<TeamMembershipRow> {
  const { teamId } = request;
  if (teamId === undefined) throw new ApiError(teamMembershipErrors['team_membership.team_null']);
  await accessTeam(world, decider, teamId, addMembers);
  const cause = causeOf(decider);
  const isModerator = request.isModerator ?? false;
  return world.store.tx(async (tx) => {
    const team = await lock(tx, teamId, new ApiError(teamErrors['team.not_found']));
    const person = await resolvePerson(world, tx, request, cause, decider.actor.orgId);
    await assertBotMayJoin(world, tx.db, decider, person, [decider.actor.orgId, team.orgId]);
    const added = await joinTeam(world, tx, team, person, { isModerator, cause });
    if (!added) throw new ApiError(teamMembershipErrors['team_membership.exists']);
    return { ...added, email: person.email, display_name: person.displayName };
  });
}

async function assertNotLastModerator(tx: Tx, row: TeamMembershipRow): Promise<void> {
  if (row.is_moderator && (await countModerators(tx.db, row.team_id)) === 1)
    throw new ApiError(teamMembershipErrors['team_membership.last_moderator']);
}

/**
 * Makes a member of a team its moderator or an ordinary member; what changes nothing emits nothing.
 * @throws ApiError `team_membership.not_found`, `team_membership.last_moderator`, `team.not_moderator`
 */
export async function changeTeamMembership(
  world: World,
  decider: Decider,
  key: PairKey,
  isModerator: boolean | undefined,
): Promise<TeamMembershipRow> {
  if (isModerator === undefined)
    throw new ApiError(teamMembershipErrors['team_membership.nothing_to_change']);
  await accessTeam(world, decider, key.second, changeMembership);
  const cause = causeOf(decider);
  return world.store.tx(async (tx) => {
    const team = await lock(tx, key.second, notFound());
    const row = await read(tx.db, key);
    if (!isModerator) await assertNotLastModerator(tx, row);
    const changed = await moderateTeam(world, tx, team, key.first, { isModerator, cause });
    return { ...row, ...changed };
  });
}

/**
 * Takes a person out of a team and all its rooms.
 * @throws ApiError `team_membership.not_found`, `team_membership.last_moderator`, `team.not_moderator`
 */
export async function removeTeamMembership(world: World, decider: Decider, key: PairKey): Promise<void> {
  const isSelf = key.first === decider.actor.personId;
  await accessTeam(world, decider, key.second, isSelf ? leave : removeMembership);
  const cause = causeOf(decider);
  await world.store.tx(async (tx) => {
    const team = await lock(tx, key.second, notFound());
    await assertNotLastModerator(tx, await read(tx.db, key));
    await leaveTeam(world, tx, team, key.first, cause);
  });
}
