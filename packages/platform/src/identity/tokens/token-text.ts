import { hash } from 'node:crypto';
import type { RandomBytes, Uuid } from '@moothall/core';

const OPAQUE_BYTES = 48;

/**
 * A new token's text: `<opaque>_<cluster>_<organisation>`. Exactly three parts, or the official
 * SDK cannot find the organisation (as observed); hex keeps the opaque part free of underscores.
 */
export function newTokenText(random: RandomBytes, orgId: Uuid | string): string {
  return `${Buffer.from(random(OPAQUE_BYTES)).toString('hex')}_P0A1_${orgId}`;
}

/** SHA-256 of a token's text in base64: what caches know it by. */
export function tokenKey(text: string): string {
  return hash('sha256', text, 'base64');
}

/** What is stored of a token: its SHA-256. */
export function hashToken(text: string): Buffer {
  return Buffer.from(tokenKey(text), 'base64');
}
