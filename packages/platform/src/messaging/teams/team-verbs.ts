import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import {
  addMember,
  assertNotFull,
  type Cause,
  removeMembers,
  roomFactsOf,
  setModerator,
  storeRoom,
  teamRooms,
} from '../room-access/index.ts';
import {
  addTeamMember,
  removeTeamMember,
  setTeamModerator,
  type TeamFacts,
  type TeamMembershipTable,
  type TeamTable,
} from '../team-access/index.ts';
import { insertTeam } from './teams.store.ts';

/** What a new team is made of. */
export type NewTeam = { id?: Uuid; name: string; description?: string | null };

type Team = Pick<TeamFacts, 'id' | 'orgId'>;

/** The facts of a team whose row is at hand. */
export function teamFactsOf(row: TeamTable): TeamFacts {
  return { id: row.id as Uuid, orgId: row.org_id as Uuid, deleted: row.deleted_at !== null };
}

/** The general room of a team has the team's id (decided). */
async function findGeneralRoom(tx: Tx, teamId: Uuid) {
  const room = (await teamRooms(tx, teamId)).find((row) => row.id === teamId);
  return room && roomFactsOf(room);
}

/** Emits an event about a team, without its name. */
export function emitTeam(
  tx: Tx,
  event: 'created' | 'updated' | 'deleted',
  row: TeamTable,
  cause: Cause,
): void {
  const data = {
    id: row.id,
    creatorId: row.creator_id,
    orgId: row.org_id,
    created: row.created.toISOString(),
  };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'teams', event, dataId: row.id, data });
}

/**
 * Puts a person into a team and its general room, as a moderator of both or as a member.
 * @returns undefined when they were in the team already
 * @throws ApiError `room.full` when the general room takes nobody more
 */
export async function joinTeam(
  world: World,
  tx: Tx,
  team: Team,
  person: PersonFacts,
  options: { isModerator: boolean; cause: Cause },
): Promise<TeamMembershipTable | undefined> {
  const row = await addTeamMember(world, tx, team, person, options);
  if (!row) return undefined;
  const general = await findGeneralRoom(tx, team.id);
  if (!general) return row;
  await assertNotFull(world, tx.db, general.id);
  const added = await addMember(world, tx, general, person, options);
  // Who had been put into the room alone is there already.
  if (!added && options.isModerator)
    await setModerator(world, tx, general, { ...options, personId: person.id });
  return row;
}

/**
 * Makes a member of a team its moderator or an ordinary member, in the general room too.
 * @returns undefined when nothing changed
 */
export async function moderateTeam(
  world: World,
  tx: Tx,
  team: Team,
  personId: Uuid,
  options: { isModerator: boolean; cause: Cause },
): Promise<TeamMembershipTable | undefined> {
  const row = await setTeamModerator(world, tx, team, personId, options);
  const general = row && (await findGeneralRoom(tx, team.id));
  if (general) await setModerator(world, tx, general, { personId, ...options });
  return row;
}

/**
 * Takes a person out of a team and out of all its rooms.
 * @returns undefined when they were not in the team
 */
export async function leaveTeam(
  world: World,
  tx: Tx,
  team: Team,
  personId: Uuid,
  cause: Cause,
): Promise<TeamMembershipTable | undefined> {
  const row = await removeTeamMember(world, tx, team, personId, cause);
  if (!row) return undefined;
  const rooms = (await teamRooms(tx, team.id)).map(roomFactsOf);
  await removeMembers(world, tx, rooms, { personId, cause });
  return row;
}

/** Stores a team with its general room; the creator moderates both. */
export async function storeTeam(
  world: World,
  tx: Tx,
  request: NewTeam,
  creator: PersonFacts,
  cause: Cause,
): Promise<TeamTable> {
  const row: TeamTable = {
    id: request.id ?? world.ids.uuid(),
    org_id: creator.orgId,
    creator_id: creator.id,
    name: request.name,
    description: request.description ?? null,
    created: world.clock.now(),
    deleted_at: null,
  };
  await insertTeam(tx.db, row);
  emitTeam(tx, 'created', row, cause);
  const general = { id: row.id, type: 'group' as const, title: row.name, team_id: row.id };
  await storeRoom(world, tx, general, { ...creator, personId: creator.id }, cause);
  await joinTeam(world, tx, teamFactsOf(row), creator, { isModerator: true, cause });
  return row;
}
