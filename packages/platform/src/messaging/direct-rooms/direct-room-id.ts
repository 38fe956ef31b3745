import type { Uuid } from '@moothall/core';
import { nameUuid } from '../../name-uuid.ts';

/** Namespace of direct rooms' ids; part of the stored form, so it never changes. */
const NAMESPACE = '5ad2b1a3-5d0c-4f0f-9d0b-6f6f74686c6c' as Uuid;

/**
 * The id of the direct room of two people, in either order: a UUIDv5 of their sorted ids, so that
 * the pair has one room however many requests make it at once (decided).
 */
export function directRoomId(onePersonId: string, otherPersonId: string): Uuid {
  return nameUuid(NAMESPACE, [onePersonId, otherPersonId].sort().join(':'));
}
