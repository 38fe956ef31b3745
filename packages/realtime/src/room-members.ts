import { listRoomMembers, type World } from '@moothall/platform';
import type { FollowedEvent } from '@moothall/store';

/** Members of a room: person id to when they joined, in milliseconds since 1970. */
export type Joined = ReadonlyMap<string, number>;

/**
 * Who is in which room, as far as the log has been passed on: read when a room is first heard of, and kept by the
 * events of memberships as they pass. It forgets the room that was read longest ago when there are too many.
 */
export class RoomMembers {
  readonly #rooms = new Map<string, Map<string, number>>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  of(roomId: string): Joined | undefined {
    return this.#rooms.get(roomId);
  }

  /** Rooms of a list that are to be read before their members are known. */
  unknown(roomIds: Iterable<string>): string[] {
    return [...new Set(roomIds)].filter((roomId) => !this.#rooms.has(roomId));
  }

  async read(roomIds: readonly string[]): Promise<void> {
    const rooms = new Map<string, Map<string, number>>(roomIds.map((roomId) => [roomId, new Map()]));
    for (const { roomId, personId, joined } of await listRoomMembers(this.#world, roomIds))
      rooms.get(roomId)!.set(personId, joined.getTime());
    const most = this.#world.limits.get('realtime.rooms_kept');
    for (const [roomId, members] of rooms) {
      if (this.#rooms.size >= most) this.#rooms.delete(this.#rooms.keys().next().value as string);
      this.#rooms.set(roomId, members);
    }
  }

  /** Takes note of an event of a membership that comes before all that are passed on later. */
  note({ resource, event, roomId, data }: FollowedEvent): void {
    if (resource !== 'memberships' || roomId === null) return;
    const members = this.#rooms.get(roomId);
    const personId = data.personId as string;
    if (event === 'created') members?.set(personId, Date.parse(data.created as string));
    if (event === 'deleted') members?.delete(personId);
  }

  clear(): void {
    this.#rooms.clear();
  }
}
