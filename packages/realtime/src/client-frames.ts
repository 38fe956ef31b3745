import type { World } from '@moothall/platform';
import { closeCodes } from './close-codes.ts';
import type { Connection } from './connection.ts';
import { SharedFrame } from './frame-bytes.ts';

/** What a client says; everything else of it is of no use here. */
type ClientFrame = { id?: unknown; type?: unknown; data?: { token?: unknown } };

/** Reads what a client said; undefined for what is no JSON object. */
function readFrame(data: Buffer): ClientFrame | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function tokenOf({ type, data }: ClientFrame): string | undefined {
  const text = type === 'authorization' ? data?.token : undefined;
  return typeof text === 'string' ? text.replace(/^Bearer /i, '') : undefined;
}

/** Whether a socket says more than it may; an allowance that fills up again as time goes by. */
function isFlood(world: World, connection: Connection): boolean {
  const perSecond = world.limits.get('realtime.frames_per_second');
  const nowMs = world.monotonicMs();
  const gained = ((nowMs - connection.allowanceAtMs) / 1000) * perSecond;
  connection.allowance = Math.min(perSecond * 2, connection.allowance + gained) - 1;
  connection.allowanceAtMs = nowMs;
  return connection.allowance < 0;
}

/** Says why something was of no use, in a form that the official SDK passes over. */
function refuse(world: World, connection: Connection, reason: string): void {
  const data = JSON.stringify({ eventType: 'mercury.refused', reason });
  const id = world.ids.uuid();
  connection.write(
    new SharedFrame({ id, data, trackingId: `refused_${id}`, timestampMs: world.clock.nowMs() }),
  );
}

/**
 * The official SDK pings as soon as it is let in, acknowledges the answer, and fails as a whole when it closes between
 * the two, as a script does that connects and leaves (as observed). The pause is longer than such a script takes.
 */
const PONG_AFTER_MS = 50;

function answer(world: World, connection: Connection, frame: ClientFrame): void {
  if (frame.type === 'ack' || frame.type === 'authorization') return;
  if (frame.type !== 'ping') {
    refuse(world, connection, 'the type of this frame is not known');
    return;
  }
  const id = typeof frame.id === 'string' ? frame.id.slice(0, 128) : undefined;
  setTimeout(() => {
    connection.writeText(JSON.stringify({ id, type: 'pong', wsWriteTimestamp: world.clock.nowMs() }));
  }, PONG_AFTER_MS).unref();
}

/** Takes what a client said. @param letIn looks its token up */
export function takeClientFrame(
  world: World,
  connection: Connection,
  data: Buffer,
  letIn: (connection: Connection, token: string) => Promise<void>,
): void {
  if (connection.state === 'closed') return;
  if (isFlood(world, connection)) {
    const perSecond = world.limits.get('realtime.frames_per_second');
    connection.close(closeCodes.flooded, `more than ${perSecond} frames a second`);
    return;
  }
  const frame = readFrame(data);
  if (!frame) connection.close(closeCodes.malformed, 'a frame is no JSON object');
  else if (connection.state === 'silent') begin(connection, frame, letIn);
  else if (connection.state !== 'authorizing') answer(world, connection, frame);
}

function begin(
  connection: Connection,
  frame: ClientFrame,
  letIn: (connection: Connection, token: string) => Promise<void>,
): void {
  const token = tokenOf(frame);
  if (token === undefined) {
    connection.close(closeCodes.malformed, 'the first frame must be an authorization with data.token');
    return;
  }
  connection.state = 'authorizing';
  void letIn(connection, token);
}
