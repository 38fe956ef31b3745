import type { Uuid } from '@moothall/core';
import type { QueueSpec, Tx } from '@moothall/store';
import { queueMail } from '../../operations/mail/index.ts';
import type { World } from '../../world.ts';
import { revokeTokens } from '../tokens/index.ts';
import {
  disableAccounts,
  findIdleSandboxes,
  lockSandbox,
  type SandboxRow,
  updateSandbox,
} from './sandboxes.store.ts';

const EVERY_MS = 86_400_000;

async function tell(
  world: World,
  tx: Tx,
  row: SandboxRow,
  kind: 'sandbox_ending' | 'sandbox_ended',
  endsAt: Date,
): Promise<void> {
  const data = { name: row.name, endsAt: endsAt.toISOString() };
  await queueMail(world, tx, { kind, toEmail: row.email, data, orgId: row.org_id as Uuid });
}

/** Nobody signs in to the sandbox any more: people, bots and guests alike; what they wrote stays. */
async function end(world: World, tx: Tx, row: SandboxRow, endsAt: Date): Promise<void> {
  const now = world.clock.now();
  const [orgId, cause] = [row.org_id as Uuid, { actorId: row.admin_id }];
  await updateSandbox(tx.db, row.id, { ended_at: now });
  for (const personId of await disableAccounts(tx.db, orgId, now))
    for (const slice of world.resources) await slice.personDeactivated?.(world, tx, personId as Uuid, cause);
  await revokeTokens(world, tx, { orgId }, { orgId });
  await tell(world, tx, row, 'sandbox_ended', endsAt);
  tx.emit({ orgId, resource: 'sandboxes', event: 'deleted', dataId: row.id, data: { id: row.id, orgId } });
  tx.onCommit(() => {
    for (const name of ['person', 'token', 'session']) world.caches.named(name).clear();
  });
}

async function attend(world: World, row: SandboxRow): Promise<'ended' | 'warned' | 'kept'> {
  const [endAfterMs, warnBeforeMs] = (['sandbox.idle_end', 'sandbox.warn_before'] as const).map(
    (name) => world.limits.get(name) * 1000,
  ) as [number, number];
  const endsAt = new Date(row.active_at.getTime() + endAfterMs);
  const leftMs = endsAt.getTime() - world.clock.nowMs();
  return world.store.tx(async (tx) => {
    const now = await lockSandbox(tx.db, row.id);
    if (!now || now.ended_at) return 'kept';
    if (leftMs <= 0) {
      await end(world, tx, row, endsAt);
      return 'ended';
    }
    if (leftMs > warnBeforeMs) {
      await updateSandbox(tx.db, row.id, { warned_at: null });
      return 'kept';
    }
    if (now.warned_at) return 'kept';
    await updateSandbox(tx.db, row.id, { warned_at: world.clock.now() });
    await tell(world, tx, row, 'sandbox_ending', endsAt);
    return 'warned';
  });
}

/** Ends sandboxes in which nobody acted for `sandbox.idle_end`, once their developers were warned; daily by the world's clock. */
export function idleSandboxQueue(world: World): QueueSpec {
  return {
    queue: 'identity.idle_sandboxes',
    everyMs: EVERY_MS,
    async run() {
      const quietMs = (world.limits.get('sandbox.idle_end') - world.limits.get('sandbox.warn_before')) * 1000;
      const idle = await findIdleSandboxes(world.store.db, new Date(world.clock.nowMs() - quietMs));
      const outcomes = { ended: 0, warned: 0, kept: 0 };
      for (const row of idle) outcomes[await attend(world, row)] += 1;
      return { done: outcomes };
    },
  };
}
