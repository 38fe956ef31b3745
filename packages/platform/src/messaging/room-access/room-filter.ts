import type { WebhookFilter } from '../../resource.ts';
import { idFilter } from '../../webhook-filters.ts';
import { findMembershipFacts, findRoomFacts } from './room-facts.ts';

/** The webhook filter `roomId`: a room that the listener is in, or one of the organisation for an org-wide webhook. */
export const roomIdFilter: WebhookFilter = idFilter('roomId', ['ROOM'], async (world, roomId, listener) => {
  if (listener.orgWide) return (await findRoomFacts(world, roomId))?.orgId === listener.orgId;
  return (await findMembershipFacts(world, roomId, listener.personId)) !== undefined;
});
