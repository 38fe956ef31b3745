import type { Tx } from '@moothall/store';
import type { Decider } from '../../authorize.ts';

/** What was judged before a transaction and is done within it; it may be run again after a deadlock. */
export type Planned<Result> = (tx: Tx) => Promise<Result>;

/** Who causes something, for its events. */
export type KeyCause = {
  actorId?: string | undefined;
  appId?: string | undefined;
  traceId?: string | undefined;
};

/** The cause that a request is. */
export function causeOf({ actor, trace }: Decider): KeyCause {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}
