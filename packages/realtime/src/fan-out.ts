import { type Actor, coversScope } from '@moothall/contract';
import type { World } from '@moothall/platform';
import { encodePosition, type FollowedEvent, type FollowPosition } from '@moothall/store';
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Audience, Frame, Projection, RoomAudience } from './frame.ts';
import { SharedFrame } from './frame-bytes.ts';
import type { RoomMembers } from './room-members.ts';

/** Frames of events, one list for each. */
export type Framed = { event: FollowedEvent; frames: readonly Frame[] };

function mergeInto(all: Frame[][], indexes: readonly number[], found: Frame[][]): void {
  for (const [at, index] of indexes.entries()) all[index]!.push(...(found[at] ?? []));
}

/** Asks all projections; answers without a promise when each of them does. */
export function projectAll(
  world: World,
  projections: readonly Projection[],
  events: readonly FollowedEvent[],
): Framed[] | Promise<Framed[]> {
  const all: Frame[][] = events.map(() => []);
  const pending: Promise<void>[] = [];
  for (const projection of projections) {
    const indexes = events.flatMap(({ resource }, index) =>
      projection.resources.includes(resource) ? [index] : [],
    );
    if (indexes.length === 0) continue;
    const wanted = indexes.length === events.length ? events : indexes.map((index) => events[index]!);
    const found = projection.project(world, wanted);
    if (found instanceof Promise) pending.push(found.then((frames) => mergeInto(all, indexes, frames)));
    else mergeInto(all, indexes, found);
  }
  const framed = () => events.map((event, index): Framed => ({ event, frames: all[index]! }));
  return pending.length === 0 ? framed() : Promise.all(pending).then(framed);
}

function wasThere(
  { also, mayHear }: RoomAudience,
  hearer: Pick<Actor, 'personId' | 'type'>,
  atMs: number,
  joinedMs: number | undefined,
): boolean {
  const isMember = joinedMs !== undefined && joinedMs <= atMs;
  if (!isMember && !also?.includes(hearer.personId)) return false;
  return mayHear?.(hearer) ?? true;
}

function mayRead({ scopes }: Audience, actor: Actor): boolean {
  return scopes === undefined || scopes.some((scope) => coversScope(actor.scopes, scope));
}

/** Whether a socket that was let in is in the audience of what happened at a time. */
export function isHearer(
  audience: Audience,
  { actor, request }: Connection,
  atMs: number,
  joinedMs: number | undefined,
): boolean {
  if (!mayRead(audience, actor!)) return false;
  if ('registrationId' in audience) return audience.registrationId === request.registrationId;
  if ('personIds' in audience) return audience.personIds.includes(actor!.personId);
  return wasThere(audience, actor!, atMs, joinedMs);
}

/** The bytes of one frame, made once for each base under which clients came, and once more for cursors. */
class Rendered {
  readonly #made = new Map<string, SharedFrame>();

  constructor(
    readonly frame: Frame,
    readonly timestampMs: number,
    readonly cursor: () => string,
  ) {}

  for({ request: { baseUrl, wantsCursor } }: Connection): SharedFrame {
    const key = wantsCursor ? `${baseUrl} cursor` : baseUrl;
    let shared = this.#made.get(key);
    if (!shared) {
      const { id, trackingId } = this.frame;
      const data = this.frame.render(baseUrl);
      const extra = wantsCursor ? { cursor: this.cursor() } : {};
      shared = new SharedFrame({ id, data, trackingId, timestampMs: this.timestampMs, ...extra });
      this.#made.set(key, shared);
    }
    return shared;
  }
}

/** Sockets of whom an audience names, whatever their tokens. */
function* namedBy(
  audience: Audience,
  connections: Connections,
  members: RoomMembers,
  atMs: number,
): Iterable<Connection> {
  if ('registrationId' in audience) return yield* connections.ofRegistration(audience.registrationId);
  if ('personIds' in audience) {
    for (const personId of new Set(audience.personIds)) yield* connections.ofPerson(personId);
    return;
  }
  const joined = members.of(audience.roomId);
  const isFew = joined !== undefined && joined.size <= connections.peopleCount;
  const people = new Set([...(isFew ? joined.keys() : connections.people()), ...(audience.also ?? [])]);
  for (const personId of people) {
    let isIn: boolean | undefined;
    for (const connection of connections.ofPerson(personId)) {
      isIn ??= wasThere(audience, connection.actor!, atMs, joined?.get(personId));
      if (!isIn) break;
      yield connection;
    }
  }
}

/** Sends messages at once, or those of one batch together, where a socket may get several. */
class Batch {
  readonly #held: Set<Connection> | undefined;

  constructor(frames: number) {
    if (frames > 1) this.#held = new Set();
  }

  send(connection: Connection, frame: SharedFrame): void {
    if (this.#held && !this.#held.has(connection)) {
      this.#held.add(connection);
      connection.hold();
    }
    connection.send(frame);
  }

  flush(): void {
    for (const connection of this.#held ?? []) connection.flush();
  }
}

/** Sends frames to everybody who is there to hear them. In one turn: nobody is let in between two of them. */
export function sendFrames(
  framed: readonly Framed[],
  {
    connections,
    members,
    nowMs,
    cursorAt,
    onPassed,
  }: {
    connections: Connections;
    members: RoomMembers;
    nowMs: number;
    /** The cursor of whoever has had all events up to this one. */
    cursorAt: (index: number) => string;
    /** Called for each event after its frames were sent. */
    onPassed: (event: FollowedEvent) => void;
  },
): number {
  const batch = new Batch(framed.reduce((sum, { frames }) => sum + frames.length, 0));
  let sent = 0;
  try {
    for (const [index, { event, frames }] of framed.entries()) {
      if (event.resource === 'memberships' && event.event === 'created') members.note(event);
      for (const frame of frames) {
        const rendered = new Rendered(frame, nowMs, () => cursorAt(index));
        for (const connection of namedBy(frame.audience, connections, members, event.at.getTime())) {
          if (!mayRead(frame.audience, connection.actor!)) continue;
          batch.send(connection, rendered.for(connection));
          sent += 1;
        }
      }
      members.note(event);
      onPassed(event);
    }
  } finally {
    batch.flush();
  }
  return sent;
}

/**
 * Where a client goes on that has had the events up to one of those that are passed on. Of a batch that was handed
 * over, the transaction counts once its last event has been sent.
 */
export function cursorAfter(
  events: readonly FollowedEvent[],
  index: number,
  before: FollowPosition,
  epoch: string,
): string {
  const { tx, seq, content } = events[index]!;
  if (content === undefined) {
    const beyond = before.handed.filter((id) => BigInt(id) > BigInt(tx));
    return `${epoch}~${encodePosition({ tx, seq, handed: beyond })}`;
  }
  const isLast = index === events.length - 1;
  const handed = isLast ? [...before.handed, tx] : before.handed;
  return `${epoch}~${encodePosition({ ...before, handed })}`;
}
