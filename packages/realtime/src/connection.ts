import type { Duplex } from 'node:stream';
import type { Actor } from '@moothall/contract';
import type { WebSocket } from 'ws';
import { REASON_BYTES } from './close-codes.ts';
import { type SharedFrame, textFrame } from './frame-bytes.ts';

/** What a socket asked for by its address. */
export type SocketRequest = {
  registrationId: string;
  /** Base of the absolute URLs that it is told, as it came. */
  baseUrl: string;
  /** Whether its messages are to carry a cursor. */
  wantsCursor: boolean;
  /** Where it wants to go on. */
  cursor?: string;
  /** Another socket of the same registration may stay. */
  isOneOfMany: boolean;
};

/** Where a socket stands: it has said nothing, is being looked up, catches up with what it missed, or hears all. */
export type SocketState = 'silent' | 'authorizing' | 'resuming' | 'open' | 'closed';

/** How long a socket that was cut off may take for its goodbye, in real milliseconds. */
const GOODBYE_MS = 1000;

/** One socket. It is as small as it can be, for there are many: what all share lies elsewhere. */
export class Connection {
  state: SocketState = 'silent';
  actor: Actor | undefined;
  /** World time at which its token ends. */
  expiresAtMs = Number.POSITIVE_INFINITY;
  sequenceNumber = 0;
  /** Since when bytes wait that it does not take, in monotonic milliseconds; 0: none do. */
  stuckSinceMs = 0;
  /** What it may yet say before it is a flood, and when that was counted. */
  allowance = 0;
  allowanceAtMs = 0;
  /** Live messages that wait until it has caught up. */
  waiting: SharedFrame[] | undefined;

  constructor(
    readonly webSocket: WebSocket,
    readonly socket: Duplex,
    readonly request: SocketRequest,
    readonly openedAtMs: number,
  ) {}

  /** Sends a message to a socket that was let in; one that catches up gets it afterwards. */
  send(frame: SharedFrame): void {
    if (this.state === 'resuming' && this.waiting) this.waiting.push(frame);
    else this.write(frame);
  }

  /** Sends a message at once. */
  write(frame: SharedFrame): void {
    this.sequenceNumber += 1;
    this.writeBytes(frame.numbered(this.sequenceNumber));
  }

  /** Holds back what is sent until `flush`: many messages then go out as one, for what each costs is the call. */
  hold(): void {
    this.socket.cork();
  }

  /** Sends what was held back. */
  flush(): void {
    this.socket.uncork();
  }

  /** Sends a text without a number, such as the answer to a ping. */
  writeText(text: string): void {
    this.writeBytes(textFrame(text));
  }

  /**
   * Writes a whole frame past the library, which sends nothing of its own but small control frames, each whole:
   * the bytes are then the same for all sockets.
   */
  private writeBytes(bytes: Buffer): void {
    if (this.state !== 'closed') this.socket.write(bytes);
  }

  /** Says goodbye, and cuts the line when that is not heard. Without a code SDKs register anew. */
  close(code?: number, reason = ''): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.waiting = undefined;
    this.webSocket.close(
      code,
      code === undefined ? undefined : Buffer.from(reason).subarray(0, REASON_BYTES),
    );
    setTimeout(() => this.webSocket.terminate(), GOODBYE_MS).unref();
  }
}
