import { createHash } from 'node:crypto';
import { type Uuid, uuidOfBytes } from '@moothall/core';

/** Namespace of direct rooms' ids; part of the stored form, so it never changes. */
const NAMESPACE = Buffer.from('5ad2b1a35d0c4f0f9d0b6f6f74686c6c', 'hex');

/**
 * The id of the direct room of two people, in either order: a UUIDv5 of their sorted ids, so that
 * the pair has one room however many requests make it at once (decided).
 */
export function directRoomId(onePersonId: string, otherPersonId: string): Uuid {
  const pair = [onePersonId, otherPersonId].sort().join(':');
  const bytes = createHash('sha1').update(NAMESPACE).update(pair).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return uuidOfBytes(bytes);
}
