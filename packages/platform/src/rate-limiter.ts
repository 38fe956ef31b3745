import type { Actor, Operation } from '@moothall/contract';
import { ApiError, generalErrors, type LimitName } from '@moothall/core';
import type { World } from './world.ts';

/** Requests of one account within a minute. */
export interface RateLimiter {
  /** Counts a request. @throws ApiError 429 with whole seconds to wait */
  take(actor: Actor, operation: Operation): void;
}

type Window = { startedMs: number; count: number };

const WINDOW_MS = 60_000;

function limitOf(actor: Actor, operation: Operation): LimitName {
  if (actor.type === 'bot') return 'request.rate_bot';
  const looser = operation.path.startsWith('/messages') || operation.path.startsWith('/people');
  return looser ? 'request.rate_messages' : 'request.rate';
}

/** What is called by hand and what our pages and the official SDK call by themselves use up nothing of each other's. */
function planeOf({ base }: Operation): string {
  return base === '/v1' ? 'public' : 'internal';
}

/** Fixed windows of a minute per account and kind of operation (documented: limits are per user). */
export function createRateLimiter(world: World): RateLimiter {
  if (!world.config.rateLimits) return { take: () => {} };
  const windows = new Map<string, Window>();
  return {
    take(actor, operation) {
      const name = limitOf(actor, operation);
      const key = `${actor.personId}:${name}:${planeOf(operation)}`;
      const now = world.monotonicMs();
      let window = windows.get(key);
      if (!window || now - window.startedMs >= WINDOW_MS) {
        if (windows.size > 100_000) windows.clear();
        window = { startedMs: now, count: 0 };
        windows.set(key, window);
      }
      window.count += 1;
      if (window.count <= world.limits.get(name)) return;
      const seconds = Math.ceil((window.startedMs + WINDOW_MS - now) / 1000);
      throw new ApiError(generalErrors['rate.limited'], {
        parameters: { seconds: String(seconds) },
        retryAfterSeconds: seconds,
      });
    },
  };
}
