import { createHash } from 'node:crypto';
import { type Uuid, uuidOfBytes } from '@moothall/core';

/**
 * The UUID of a name within a namespace (version 5, RFC 9562): the same name has the same id in every world.
 * @param namespace a UUID
 */
export function nameUuid(namespace: Uuid, name: string): Uuid {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name);
  const bytes = Uint8Array.from(digest.digest().subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return uuidOfBytes(bytes);
}
