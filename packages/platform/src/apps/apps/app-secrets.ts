import { timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '@moothall/core';
import { hashToken } from '../../identity/tokens/index.ts';
import type { World } from '../../world.ts';
import type { AppKind, AppTable } from './apps.table.ts';

const SECRET_BYTES = 32;

/** Kinds whose secret is computed with, so that it is kept sealed; of the others a hash is enough. */
const SEALED: ReadonlySet<AppKind> = new Set(['guest_issuer']);

/** Kinds that have a secret of their own; a bot has a token instead. */
export const kindsWithSecret: ReadonlySet<AppKind> = new Set(['integration', 'guest_issuer', 'service_app']);

/** A new secret: 64 hexadecimal digits, of a guest issuer base64 (as observed). */
export function newSecret(random: RandomBytes, kind: AppKind): string {
  return Buffer.from(random(SECRET_BYTES)).toString(SEALED.has(kind) ? 'base64' : 'hex');
}

/** A secret as it is stored. */
export type StoredSecret = Pick<AppTable, 'secret_hash' | 'secret_sealed'>;

/** What is kept of a secret; nothing without one. */
export function storedSecret(world: World, kind: AppKind, secret: string | undefined): StoredSecret {
  if (secret === undefined) return { secret_hash: null, secret_sealed: null };
  return SEALED.has(kind)
    ? { secret_hash: null, secret_sealed: world.secrets.seal(secret) }
    : { secret_hash: hashToken(secret), secret_sealed: null };
}

/**
 * Whether a client showed the secret of its app; takes as long for a wrong one.
 * @param app the app's row
 */
export function secretMatches(world: World, app: StoredSecret, shown: string): boolean {
  const kept =
    app.secret_hash ?? (app.secret_sealed === null ? null : hashToken(world.secrets.open(app.secret_sealed)));
  return kept !== null && timingSafeEqual(kept, hashToken(shown));
}

/** A secret or token that was just made, in the form in which pages show it this one time. */
export type ShownSecret = { kind: 'bot_token' | 'client_secret' | 'issuer_secret'; value: string };

/** A new secret as pages show it. */
export function shownSecret(kind: AppKind, value: string): ShownSecret {
  return { kind: kind === 'guest_issuer' ? 'issuer_secret' : 'client_secret', value };
}
