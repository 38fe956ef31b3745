import type { RoomAudience } from '@moothall/realtime';
import type { FollowedEvent } from '@moothall/store';
import type { ActivityFacts } from './activity-facts.ts';

/** One event, and all that its activity is made of. */
export type ActivityOf = {
  event: FollowedEvent;
  facts: ActivityFacts;
  /** Whoever a webhook would tell: the room's members and others, with the scopes that it asks for. */
  audience: RoomAudience & { scopes?: readonly string[] };
  /** Events that came with it, for those that are told together. */
  batch: readonly FollowedEvent[];
};
