import type { Projection } from '@moothall/realtime';

/** What sockets of the official SDK hear of the event log. */
export const projections: readonly Projection[] = [];
