import type { Actor } from '@moothall/contract';
import { createAuthenticator, type World } from '@moothall/platform';
import { encodePosition, type FollowedEvent, type Follower, readEpoch, startFollower } from '@moothall/store';
import { takeClientFrame } from './client-frames.ts';
import { closeCodes } from './close-codes.ts';
import type { Connection } from './connection.ts';
import { Connections } from './connections.ts';
import { cursorAfter, type Framed, projectAll, sendFrames } from './fan-out.ts';
import { Following } from './following.ts';
import type { Projection } from './frame.ts';
import { SharedFrame } from './frame-bytes.ts';
import { lookAgain, lookUp } from './let-in.ts';
import { resume } from './resume.ts';
import { RoomMembers } from './room-members.ts';
import { startSweep } from './sweep.ts';
import { TokenEnds } from './token-ends.ts';

/** Resources whose events end sockets or move people, beside those of the projections. */
const OWN_RESOURCES = ['memberships', 'registrations', 'tokens'];

/** What a transport counts. */
export type TransportCounts = { open: number; sent: number; cut: number };

/** The sockets of one process, and what the log says to them. */
export class Transport {
  readonly #world: World;
  readonly #projections: readonly Projection[];
  readonly #connections = new Connections();
  readonly #silent = new Set<Connection>();
  readonly #members: RoomMembers;
  readonly #ends: TokenEnds;
  readonly #authenticate: (token: string) => Actor | undefined | Promise<Actor | undefined>;
  #isOpen = false;
  readonly #following: Following;
  #beingLetIn = 0;
  #endSweep: () => void = () => {};
  #epoch = '';
  #sent = 0;
  #cut = 0;

  constructor(world: World, projections: readonly Projection[]) {
    this.#world = world;
    this.#projections = projections;
    this.#members = new RoomMembers(world);
    this.#ends = new TokenEnds(world, this.#connections);
    this.#authenticate = createAuthenticator(world);
    this.#following = new Following(
      () => this.#startFollower(),
      () => this.#members.clear(),
    );
  }

  /** Whether sockets are taken: between start and stop. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  counts(): TransportCounts {
    return { open: this.#connections.size, sent: this.#sent, cut: this.#cut };
  }

  async start(): Promise<void> {
    const world = this.#world;
    this.#epoch = await readEpoch(world.store.pool);
    this.#isOpen = true;
    this.#endSweep = startSweep(world, this.#connections, this.#silent, {
      onCut: () => {
        this.#cut += 1;
      },
      onSwept: () => this.#look(),
    });
  }

  async #startFollower(): Promise<Follower> {
    const { store, log } = this.#world;
    const resources = [...new Set([...OWN_RESOURCES, ...this.#projections.flatMap((one) => one.resources)])];
    let follower: Follower | undefined;
    const handle = (events: readonly FollowedEvent[]) => this.#handle(events, follower);
    const onError = (error: unknown) => log.error({ err: error }, 'events were not passed on');
    follower = await startFollower(store, { resources, handle }, onError);
    return follower;
  }

  #look(): void {
    const isHeard = this.#connections.size > 0 || this.#beingLetIn > 0;
    this.#following.look(isHeard, this.#world.monotonicMs()).catch((error: unknown) => {
      this.#world.log.error({ err: error }, 'the log is still followed');
    });
  }

  /** Closes all sockets; SDKs come back. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    this.#endSweep();
    this.#ends.stop();
    for (const connection of this.#connections.all()) {
      connection.writeText('{"type":"shutdown"}');
      connection.close(closeCodes.goingAway, 'the server is stopping');
    }
    for (const connection of this.#silent) connection.close(closeCodes.goingAway, 'the server is stopping');
    this.#silent.clear();
    await this.#following.rest();
  }

  async caughtUp(): Promise<void> {
    await this.#following.caughtUp();
  }

  /** Takes a socket that has been opened and has said nothing yet. */
  add(connection: Connection): void {
    if (!this.isOpen) {
      connection.close(closeCodes.goingAway, 'the server is stopping');
      return;
    }
    this.#silent.add(connection);
    if (this.#silent.size <= this.#world.limits.get('realtime.unauthorized_sockets')) return;
    const [oldest] = this.#silent;
    this.#silent.delete(oldest!);
    oldest!.close(closeCodes.unauthorized, 'too many sockets have not said who they are');
  }

  /** Takes what a client said. */
  take(connection: Connection, data: Buffer): void {
    takeClientFrame(this.#world, connection, data, (one, token) => this.#letIn(one, token));
  }

  /** Forgets a socket that is closed. */
  forget(connection: Connection): void {
    connection.state = 'closed';
    this.#silent.delete(connection);
    this.#connections.remove(connection);
  }

  async #letIn(connection: Connection, token: string): Promise<void> {
    this.#beingLetIn += 1;
    try {
      const isLetIn = await lookUp(this.#world, this.#authenticate, connection, token);
      this.#silent.delete(connection);
      const follower = isLetIn && this.isOpen ? await this.#following.follower() : undefined;
      if (follower && this.isOpen) await this.#admit(connection, follower);
      else if (isLetIn) connection.close(closeCodes.goingAway, 'the server is stopping');
    } catch (error) {
      this.#world.log.error({ err: error }, 'a socket could not be let in');
      connection.close(1011, 'it failed on the server');
    } finally {
      this.#beingLetIn -= 1;
    }
  }

  async #admit(connection: Connection, follower: Follower): Promise<void> {
    const { registrationId, isOneOfMany, cursor, wantsCursor } = connection.request;
    if (!isOneOfMany)
      for (const older of this.#connections.ofRegistration(registrationId))
        older.close(closeCodes.replaced, 'another socket took its place');
    const upTo = follower.position();
    connection.state = cursor === undefined ? 'open' : 'resuming';
    if (cursor !== undefined) connection.waiting = [];
    this.#connections.add(connection);
    // Whoever catches up keeps its own cursor until it has what it missed.
    const isFresh = wantsCursor && cursor === undefined;
    connection.write(this.#bufferState(isFresh ? `${this.#epoch}~${encodePosition(upTo)}` : undefined));
    const endMs = await lookAgain(this.#world, connection);
    if (endMs === undefined) return;
    connection.expiresAtMs = endMs;
    this.#ends.watch(connection);
    if (cursor === undefined) return;
    const context = { world: this.#world, projections: this.#projections, epoch: this.#epoch };
    await resume(context, connection, upTo);
  }

  /** The first message must be this one, or SDKs wait for ever (as observed). */
  #bufferState(cursor: string | undefined): SharedFrame {
    const { ids, clock } = this.#world;
    const data = '{"bufferState":{"conversation":"COMPLETE"},"eventType":"mercury.buffer_state"}';
    const id = ids.uuid();
    const envelope = { id, data, trackingId: `buffer_${id}`, timestampMs: clock.nowMs() };
    return new SharedFrame({ ...envelope, ...(cursor !== undefined && { cursor }) });
  }

  #handle(events: readonly FollowedEvent[], follower: Follower | undefined): void | Promise<void> {
    if (this.#connections.size === 0) {
      this.#members.clear();
      return undefined;
    }
    const framed = projectAll(this.#world, this.#projections, events);
    if (framed instanceof Promise) return framed.then((found) => this.#pass(events, found, follower));
    return this.#pass(events, framed, follower);
  }

  #pass(
    events: readonly FollowedEvent[],
    framed: readonly Framed[],
    follower: Follower | undefined,
  ): void | Promise<void> {
    const rooms = framed.flatMap(({ frames }) =>
      frames.flatMap(({ audience }) => ('roomId' in audience ? [audience.roomId] : [])),
    );
    const unknown = this.#members.unknown(rooms);
    if (unknown.length === 0) return this.#send(events, framed, follower);
    return this.#members.read(unknown).then(() => this.#send(events, framed, follower));
  }

  #send(events: readonly FollowedEvent[], framed: readonly Framed[], follower: Follower | undefined): void {
    const before = this.#isOpen ? follower?.position() : undefined;
    if (!before) return;
    this.#sent += sendFrames(framed, {
      connections: this.#connections,
      members: this.#members,
      nowMs: this.#world.clock.nowMs(),
      cursorAt: (index) => cursorAfter(events, index, before, this.#epoch),
      onPassed: (event) => this.#endSockets(event),
    });
  }

  /** Whoever's token or registration has ended is heard no more, and hears nothing after it. */
  #endSockets({ resource, event, dataId }: FollowedEvent): void {
    if (event !== 'deleted') return;
    if (resource === 'registrations')
      for (const connection of this.#connections.ofRegistration(dataId)) connection.close();
    if (resource !== 'tokens') return;
    for (const connection of this.#connections.all())
      if (connection.actor?.tokenId === dataId)
        connection.close(closeCodes.unauthorized, 'the token was revoked');
  }
}
