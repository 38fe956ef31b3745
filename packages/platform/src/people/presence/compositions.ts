import { decodeWireUuid } from '@moothall/core';
import { type Action, anyone, authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  findPeople,
  type PersonRow,
  type Presence,
  peopleErrors,
  presenceOf,
  presenceSight,
} from '../people/index.ts';

/** Presence of somebody as one viewer sees it. */
export type Composition = {
  /** As the viewer named them. */
  subject: string;
  /** Absent where there is nothing for the viewer to see: unknown people, strangers, and who does not share theirs. */
  presence?: Presence;
};

/** A person whose presence the viewer sees. */
export type SeenPerson = { subject: string; row?: PersonRow };

/** Looking at presence; what is seen of whom is told apart by `presenceSight`. */
export const readPresence: Action<undefined> = {
  name: 'presence.read',
  relations: { user: anyone },
  unrelated: peopleErrors['person.not_found'],
};

/** People by ids in wire form or as bare UUIDs, in their order; without the row of whom the viewer does not see. */
export async function seenPeople(
  world: World,
  { actor }: Pick<Decider, 'actor'>,
  subjects: readonly string[],
): Promise<SeenPerson[]> {
  const asked = subjects.map((subject) => ({ subject, id: decodeWireUuid(['PEOPLE'], subject) }));
  const ids = new Set(asked.flatMap(({ id }) => id ?? []));
  const isSeen = await presenceSight(world, actor);
  const seen = (await findPeople(world.store.db, [...ids])).filter(isSeen);
  const rows = new Map(seen.map((row) => [row.id, row]));
  return asked.map(({ subject, id }) => {
    const row = id && rows.get(id);
    return row ? { subject, row } : { subject };
  });
}

/** Presence of somebody that `seenPeople` found. */
export function compositionOf(
  world: World,
  { actor }: Pick<Decider, 'actor'>,
  { subject, row }: SeenPerson,
): Composition {
  return row ? { subject, presence: presenceOf(world, row, actor.personId) } : { subject };
}

/**
 * Presence of people as the caller sees them, in the order of the subjects, one for each.
 * @param subjects ids in wire form or bare UUIDs; a text that is none is nobody
 */
export async function compositionsOf(
  world: World,
  decider: Decider,
  subjects: readonly string[],
): Promise<Composition[]> {
  authorize(decider, readPresence, undefined);
  const people = await seenPeople(world, decider, subjects);
  return people.map((person) => compositionOf(world, decider, person));
}
