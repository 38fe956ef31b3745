import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '@moothall/core';
import { type Mount, RawReply } from '@moothall/http';
import type { World } from '../../world.ts';
import type { Metrics } from '../metrics/index.ts';
import { healthErrors, healthz, metrics, readyz } from './health.contract.ts';

/** What the operators' endpoints look at. */
export type HealthSources = {
  world: World;
  metrics: Metrics;
  /** Why the server cannot serve yet or any more; undefined when it can. */
  unready(): string | undefined;
  /** Bearer token that opens /metrics to callers from elsewhere. */
  metricsToken?: string;
};

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

function sameText(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function mayReadMetrics(
  source: HealthSources,
  remoteAddress: string,
  authorization: string | undefined,
): boolean {
  if (source.metricsToken === undefined) return LOOPBACK.test(remoteAddress);
  return sameText(authorization ?? '', `Bearer ${source.metricsToken}`);
}

async function assertReady({ world, unready }: HealthSources): Promise<void> {
  const reason = unready();
  if (reason) throw new ApiError(healthErrors['health.not_ready'], { parameters: { reason } });
  try {
    await world.store.pool.query('select 1');
  } catch (cause) {
    throw new ApiError(healthErrors['health.not_ready'], {
      parameters: { reason: 'the database does not answer' },
      cause,
    });
  }
}

/** Mounts /healthz, /readyz and /metrics; they stand beside the slices, since they look at the process. */
export function mountHealth(mount: Mount, source: HealthSources): void {
  mount(healthz, () => ({ status: 'ok' as const }));
  mount(readyz, async () => {
    await assertReady(source);
    return { status: 'ready' as const };
  });
  mount(metrics, async ({ remoteAddress, headers }) => {
    if (!mayReadMetrics(source, remoteAddress, headers.authorization))
      throw new ApiError(healthErrors['metrics.not_allowed']);
    return new RawReply(200, { 'Content-Type': source.metrics.contentType }, await source.metrics.render());
  });
}
