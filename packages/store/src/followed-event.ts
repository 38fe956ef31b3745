import type { StoredEvent } from './events.ts';

/** An event as followers get it. */
export type FollowedEvent = StoredEvent & {
  /** What whoever wrote it had at hand, such as the row; absent where it was read from the log. */
  content?: unknown;
};
