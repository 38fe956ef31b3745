import type { Uuid } from '@moothall/core';
import {
  addMembers,
  joinTeam,
  type PersonFacts,
  roomFactsOf,
  storeRoom,
  storeTeam,
  teamFactsOf,
  type World,
} from '@moothall/platform';
import type { Tx } from '@moothall/store';
import type { RoomEntry, TeamEntry } from '../world-file/world-schema.ts';
import type { Cast } from './cast.ts';

/** A loaded room, for the messages that come after it. */
export type LoadedRoom = { id: Uuid; entry: RoomEntry; path: string };

/** Members by their keys, the creator first, each once. */
function membersOf(entry: RoomEntry | TeamEntry, { accounts }: Cast): PersonFacts[] {
  const keys = new Set([...(entry.creator === undefined ? [] : [entry.creator]), ...entry.members]);
  return [...keys].map((key) => accounts.get(key)!);
}

async function storeOneTeam(world: World, tx: Tx, entry: TeamEntry, cast: Cast): Promise<Uuid> {
  const [creator, ...others] = membersOf(entry, cast);
  const cause = { actorId: creator!.id };
  const { id, name, description } = entry;
  const request = { ...(id && { id }), name, description: description ?? null };
  const row = await storeTeam(world, tx, request, creator!, cause);
  const team = teamFactsOf(row);
  for (const person of others) await joinTeam(world, tx, team, person, { isModerator: false, cause });
  return team.id;
}

async function storeOneRoom(
  world: World,
  tx: Tx,
  entry: RoomEntry,
  { cast, teams }: { cast: Cast; teams: ReadonlyMap<string, Uuid> },
): Promise<Uuid> {
  const people = membersOf(entry, cast);
  const creator = people[0]!;
  const cause = { actorId: creator.id };
  const request = {
    ...(entry.id && { id: entry.id }),
    type: 'group' as const,
    title: entry.title,
    description: entry.description ?? null,
    is_locked: entry.isLocked,
    is_announcement_only: entry.isAnnouncementOnly,
    is_public: entry.isPublic,
    made_public: entry.isPublic ? world.clock.now() : null,
    team_id: entry.team === undefined ? null : (teams.get(entry.team) ?? null),
  };
  const row = await storeRoom(world, tx, request, { ...creator, personId: creator.id }, cause);
  const moderators = new Set(entry.moderators.map((key) => cast.accounts.get(key)!.id));
  if (entry.isLocked) moderators.add(creator.id);
  const members = people.map((person) => ({ person, isModerator: moderators.has(person.id) }));
  const room = { ...roomFactsOf(row), ownerPending: row.owner_pending };
  await addMembers(world, tx, room, members, cause);
  return row.id as Uuid;
}

/** Stores teams and rooms with their members. */
export async function loadSpaces(world: World, tx: Tx, cast: Cast): Promise<LoadedRoom[]> {
  const teams = new Map<string, Uuid>();
  for (const { entry: org } of cast.orgs) {
    for (const team of org.teams) {
      const id = await storeOneTeam(world, tx, team, cast);
      if (team.key !== undefined) teams.set(team.key, id);
    }
  }
  const rooms: LoadedRoom[] = [];
  for (const [orgIndex, { entry: org }] of cast.orgs.entries()) {
    for (const [index, entry] of org.rooms.entries()) {
      const id = await storeOneRoom(world, tx, entry, { cast, teams });
      rooms.push({ id, entry, path: `orgs[${orgIndex}].rooms[${index}]` });
    }
  }
  return rooms;
}
