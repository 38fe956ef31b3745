import { createHash } from 'node:crypto';
import type { RandomBytes, Uuid } from '@moothall/core';

const OPAQUE_BYTES = 48;

/**
 * A new token's text: `<opaque>_<cluster>_<organisation>`. Exactly three parts, or the official
 * SDK cannot find the organisation (as observed); hex keeps the opaque part free of underscores.
 */
export function newTokenText(random: RandomBytes, orgId: Uuid | string): string {
  return `${Buffer.from(random(OPAQUE_BYTES)).toString('hex')}_P0A1_${orgId}`;
}

/** What is stored of a token. */
export function hashToken(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
