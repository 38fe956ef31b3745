import type { Uuid } from '@moothall/core';
import {
  findInputs,
  findMessages,
  findPersonFacts,
  findRoomFacts,
  findRoomTitles,
  knownPersonFacts,
  knownRoomFacts,
  type MessageRow,
  type PersonFacts,
  type RoomFacts,
  type World,
} from '@moothall/platform';
import type { FollowedEvent } from '@moothall/store';

/** What activities tell beyond their events, by ids. What is not there has been deleted for good. */
export type ActivityFacts = {
  people: ReadonlyMap<string, PersonFacts>;
  rooms: ReadonlyMap<string, RoomFacts>;
  titles: ReadonlyMap<string, string>;
  messages: ReadonlyMap<string, MessageRow>;
  /** What was submitted, by the ids of actions. */
  inputs: ReadonlyMap<string, Record<string, unknown>>;
};

type Wanted = { [Kind in keyof ActivityFacts]: Set<string> };

function want(wanted: Wanted, { resource, event, actorId, roomId, dataId, data, content }: FollowedEvent) {
  if (actorId !== null) wanted.people.add(actorId);
  if (typeof data.personId === 'string') wanted.people.add(data.personId);
  if (roomId !== null) wanted.rooms.add(roomId);
  if (resource === 'messages' && event !== 'deleted' && content === undefined) wanted.messages.add(dataId);
  if (resource === 'attachmentActions') wanted.inputs.add(dataId);
  if (resource === 'rooms' && event !== 'deleted') wanted.titles.add(dataId);
}

/** Splits ids into what is at hand and what is to be read. */
function divide<Facts>(ids: Iterable<string>, known: (id: string) => Facts | undefined) {
  const found = new Map<string, Facts>();
  const missing: Uuid[] = [];
  for (const id of ids) {
    const facts = known(id);
    if (facts === undefined) missing.push(id as Uuid);
    else found.set(id, facts);
  }
  return { found, missing };
}

async function addRead<Facts>(
  found: Map<string, Facts>,
  missing: readonly Uuid[],
  read: (id: Uuid) => Promise<Facts | undefined>,
): Promise<void> {
  const all = await Promise.all(missing.map(async (id) => [id, await read(id)] as const));
  for (const [id, facts] of all) if (facts !== undefined) found.set(id, facts);
}

const readIf = <Facts>(
  world: World,
  ids: ReadonlySet<string>,
  read: (world: World, ids: readonly string[]) => Promise<Map<string, Facts>>,
): Promise<Map<string, Facts>> =>
  ids.size === 0 ? Promise.resolve(new Map<string, Facts>()) : read(world, [...ids]);

/** Gathers what the activities of events tell; without a promise where everything is at hand. */
export function activityFacts(
  world: World,
  events: readonly FollowedEvent[],
): ActivityFacts | Promise<ActivityFacts> {
  const wanted: Wanted = {
    ...{ people: new Set(), rooms: new Set(), titles: new Set() },
    ...{ messages: new Set(), inputs: new Set() },
  };
  const handed = new Map<string, MessageRow>();
  for (const event of events) {
    want(wanted, event);
    if (event.resource === 'messages' && event.content !== undefined)
      handed.set(event.dataId, event.content as MessageRow);
  }
  const people = divide(wanted.people, (id) => knownPersonFacts(world, id));
  const rooms = divide(wanted.rooms, (id) => knownRoomFacts(world, id));
  const facts = { people: people.found, rooms: rooms.found, messages: handed };
  const isWhole = people.missing.length === 0 && rooms.missing.length === 0;
  if (isWhole && wanted.titles.size + wanted.messages.size + wanted.inputs.size === 0)
    return { ...facts, titles: new Map(), inputs: new Map() };
  return (async () => {
    const [titles, messages, inputs] = await Promise.all([
      readIf(world, wanted.titles, findRoomTitles),
      readIf(world, wanted.messages, findMessages),
      readIf(world, wanted.inputs, findInputs),
      addRead(people.found, people.missing, (id) => findPersonFacts(world, id)),
      addRead(rooms.found, rooms.missing, (id) => findRoomFacts(world, id)),
    ]);
    return { ...facts, titles, inputs, messages: new Map([...messages, ...handed]) };
  })();
}
