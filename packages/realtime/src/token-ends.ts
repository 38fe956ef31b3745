import type { World } from '@moothall/platform';
import { closeCodes } from './close-codes.ts';
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';

/**
 * Closes sockets when their tokens expire, by the world's clock; one alarm for all of them. SDKs come back, are not let
 * in with the old token, and refresh it.
 */
export class TokenEnds {
  readonly #world: World;
  readonly #connections: Connections;
  #alarmAtMs = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => {};

  constructor(world: World, connections: Connections) {
    this.#world = world;
    this.#connections = connections;
  }

  /** Takes a socket into account that was let in. */
  watch({ expiresAtMs }: Connection): void {
    if (expiresAtMs < this.#alarmAtMs) this.#setAlarm(expiresAtMs);
  }

  stop(): void {
    this.#cancel();
    this.#alarmAtMs = Number.POSITIVE_INFINITY;
  }

  #setAlarm(atMs: number): void {
    this.#cancel();
    this.#alarmAtMs = atMs;
    this.#cancel =
      atMs === Number.POSITIVE_INFINITY ? () => {} : this.#world.clock.wakeAt(atMs, () => this.#end());
  }

  #end(): void {
    const nowMs = this.#world.clock.nowMs();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const connection of this.#connections.all()) {
      if (connection.expiresAtMs > nowMs) nextMs = Math.min(nextMs, connection.expiresAtMs);
      else connection.close(closeCodes.goingAway, 'the token has expired');
    }
    this.#setAlarm(nextMs);
  }
}
