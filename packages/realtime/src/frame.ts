import type { PersonType } from '@moothall/contract';
import type { World } from '@moothall/platform';
import type { FollowedEvent } from '@moothall/store';

/** Somebody who listens. */
export type Hearer = { personId: string; type: PersonType };

/** People of a room. */
export type RoomAudience = {
  /** Whoever was in the room when it happened. */
  roomId: string;
  /** People beside them, such as who was just removed. */
  also?: readonly string[];
  /** Whether one of them may know of it; all unless said. */
  mayHear?: (hearer: Hearer) => boolean;
};

/** Who is sent a frame: connections of people, or of one registration. */
export type Audience = (RoomAudience | { personIds: readonly string[] } | { registrationId: string }) & {
  /** Scopes of which a connection's token must hold one; none unless said. */
  scopes?: readonly string[];
};

/** What one event becomes on sockets; the transport adds the envelope. */
export type Frame = {
  audience: Audience;
  /** Id of the message, the same however often it is sent: clients acknowledge by it. */
  id: string;
  trackingId: string;
  /**
   * The envelope's `data` as JSON text. Asked once for each base under which clients connected, such as
   * `http://127.0.0.1:7080`, and kept.
   */
  render(baseUrl: string): string;
};

/** A projection of the event log onto sockets. */
export type Projection = {
  name: string;
  /** Resources whose events it reads. */
  resources: readonly string[];
  /**
   * Makes the frames of events, in their order; an empty list for one that nobody is to see. Answers without a
   * promise where nothing must be read, so that what was just committed goes out in the same turn.
   * @returns one list for each event
   */
  project(world: World, events: readonly FollowedEvent[]): Frame[][] | Promise<Frame[][]>;
};
