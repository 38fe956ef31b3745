import type { Connection } from './connection.ts';

/** Sockets that were let in, by what they are looked for. */
export class Connections {
  readonly #byPerson = new Map<string, Set<Connection>>();
  readonly #byRegistration = new Map<string, Set<Connection>>();
  #size = 0;

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** How many people have one. */
  get peopleCount(): number {
    return this.#byPerson.size;
  }

  add(connection: Connection): void {
    this.#size += 1;
    put(this.#byPerson, connection.actor!.personId, connection);
    put(this.#byRegistration, connection.request.registrationId, connection);
  }

  /** Takes one out; nothing happens when it is not in. */
  remove(connection: Connection): void {
    if (!connection.actor) return;
    if (!take(this.#byRegistration, connection.request.registrationId, connection)) return;
    take(this.#byPerson, connection.actor.personId, connection);
    this.#size -= 1;
  }

  ofPerson(personId: string): Iterable<Connection> {
    return this.#byPerson.get(personId) ?? [];
  }

  ofRegistration(registrationId: string): Connection[] {
    return [...(this.#byRegistration.get(registrationId) ?? [])];
  }

  /** Ids of people who have a socket. */
  people(): Iterable<string> {
    return this.#byPerson.keys();
  }

  /** All, in a list of its own, so that some may be closed meanwhile. */
  all(): Connection[] {
    return [...this.#byPerson.values()].flatMap((set) => [...set]);
  }
}

function put(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const known = index.get(key);
  if (known) known.add(connection);
  else index.set(key, new Set([connection]));
}

function take(index: Map<string, Set<Connection>>, key: string, connection: Connection): boolean {
  const known = index.get(key);
  const wasIn = known?.delete(connection) ?? false;
  if (known?.size === 0) index.delete(key);
  return wasIn;
}
