import type { FollowedEvent } from './followed-event.ts';

/** Takes the events of one committed transaction, all at once. */
export type TakeBatch = (events: readonly FollowedEvent[]) => void;

/**
 * The way of committed events to the followers of this process without the log between. It is open only where
 * no other process writes, for only then a follower knows that nothing older is unread.
 */
export interface Handoff {
  /** Whether anybody takes events; what they need beside the commit is otherwise not worth its cost. */
  isFollowed(): boolean;
  /**
   * Gives all events of one transaction, in their order and as the log has them, after its commit and before
   * the `event` signals of it, whose payload is its transaction id. A follower that has something older to pass
   * on lets them be and finds them in the log. Never throws.
   */
  give: TakeBatch;
  /** @returns the function that ends it */
  join(take: TakeBatch): () => void;
}

/** The handoff of one store. */
export function createHandoff(): Handoff {
  const takers = new Set<TakeBatch>();
  return {
    isFollowed: () => takers.size > 0,
    give(events) {
      if (events.length > 0) for (const take of takers) take(events);
    },
    join(take) {
      takers.add(take);
      return () => takers.delete(take);
    },
  };
}
