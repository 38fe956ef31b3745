import { listRoomsOf, type World } from '@moothall/platform';
import { decodePosition, encodePosition, type FollowPosition, readLog } from '@moothall/store';
import type { Connection } from './connection.ts';
import { isHearer, projectAll } from './fan-out.ts';
import type { Projection } from './frame.ts';
import { SharedFrame } from './frame-bytes.ts';

/** What catching up needs of the transport. */
export type ResumeContext = {
  world: World;
  projections: readonly Projection[];
  /** Changes when another world takes this one's place: cursors of the former mean nothing then. */
  epoch: string;
};

/** A cursor as it came from a client. @returns undefined when it is malformed or of another world */
function readCursor(text: string, epoch: string): FollowPosition | undefined {
  const at = text.indexOf('~');
  return text.slice(0, at) === epoch ? decodePosition(text.slice(at + 1)) : undefined;
}

/** Tells that something may be missing, why, and where to go on from. */
function tellGap(
  { world, epoch }: ResumeContext,
  connection: Connection,
  { reason, upTo }: { reason: string; upTo: FollowPosition },
): void {
  const data = JSON.stringify({ eventType: 'mercury.resume_gap', reason });
  const id = world.ids.uuid();
  connection.write(
    new SharedFrame({
      id,
      data,
      trackingId: `resume_${id}`,
      timestampMs: world.clock.nowMs(),
      cursor: `${epoch}~${encodePosition(upTo)}`,
    }),
  );
}

async function sendMissed(
  context: ResumeContext,
  connection: Connection,
  after: FollowPosition,
  upTo: FollowPosition,
): Promise<void> {
  const { world, projections, epoch } = context;
  const { personId } = connection.actor!;
  const rooms = await listRoomsOf(world, personId);
  const limit = world.limits.get('realtime.resume_events');
  const resources = [...new Set(projections.flatMap((projection) => projection.resources))];
  const events = await readLog(world.store, {
    after,
    upTo,
    resources,
    roomIds: [...rooms.keys()],
    personId,
    limit: limit + 1,
  });
  if (events.length > limit)
    return tellGap(context, connection, { reason: `more than ${limit} events were missed`, upTo });
  for (const { event, frames } of await projectAll(world, projections, events)) {
    const { tx, seq } = event;
    const handed = after.handed.filter((id) => BigInt(id) > BigInt(tx));
    for (const frame of frames) {
      const joined = event.roomId === null ? undefined : rooms.get(event.roomId)?.getTime();
      if (!isHearer(frame.audience, connection, event.at.getTime(), joined)) continue;
      const data = frame.render(connection.request.baseUrl);
      const cursor = `${epoch}~${encodePosition({ tx, seq, handed })}`;
      const { id, trackingId } = frame;
      connection.write(new SharedFrame({ id, data, trackingId, timestampMs: world.clock.nowMs(), cursor }));
    }
  }
}

/**
 * Sends a client what it missed since its cursor, then what waited meanwhile: it has missed nothing from then on.
 * @param upTo what had been passed on when live messages began to wait for it
 */
export async function resume(
  context: ResumeContext,
  connection: Connection,
  upTo: FollowPosition,
): Promise<void> {
  const after = readCursor(connection.request.cursor!, context.epoch);
  if (after) await sendMissed(context, connection, after, upTo);
  else tellGap(context, connection, { reason: 'the cursor is malformed, or of another world', upTo });
  if (connection.state !== 'resuming') return;
  connection.state = 'open';
  const waiting = connection.waiting ?? [];
  connection.waiting = undefined;
  for (const frame of waiting) connection.write(frame);
}
