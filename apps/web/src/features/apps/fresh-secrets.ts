import type { createApp } from '@moothall/platform/contracts';
import { useSyncExternalStore } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';

/** A secret as the server gives it, once. */
export type ShownSecret = NonNullable<ReplyOf<typeof createApp>['secret']>;

/** What was just made of an app: the app itself, or another secret of it. */
export type Fresh = { isNew: boolean; secret?: ShownSecret };

// In memory only, never in the browser's storage: a reload forgets it, as does leaving the app's page.
const fresh = new Map<string, Fresh>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Keeps a secret until its app's page has shown it. */
export function keepFresh(appId: string, what: Fresh): void {
  fresh.set(appId, what);
  tell();
}

/** Forgets what was kept of an app. */
export function forgetFresh(appId: string): void {
  if (fresh.delete(appId)) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was just made of an app; undefined after it was stored, left or reloaded. */
export function useFresh(appId: string): Fresh | undefined {
  return useSyncExternalStore(subscribe, () => fresh.get(appId));
}

/** What a secret is called. */
export const secretNames: Record<ShownSecret['kind'], string> = {
  bot_token: 'access token',
  client_secret: 'client secret',
  issuer_secret: 'shared secret',
};
