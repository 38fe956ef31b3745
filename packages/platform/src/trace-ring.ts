import type { Trace } from '@moothall/http';

/** A request's decisions, as `why` tells them. */
export type TraceRecord = Trace & {
  method: string;
  path: string;
  status: number;
  operation?: string;
  personId?: string;
  at: Date;
};

/** The last decisions of a world, by tracking id. */
export interface TraceRing {
  add(record: TraceRecord): void;
  /** The latest record of a tracking id. */
  find(trackingId: string): TraceRecord | undefined;
}

/** Keeps the last `capacity` records. */
export function createTraceRing(capacity: number): TraceRing {
  const records = new Map<string, TraceRecord>();
  return {
    add(record) {
      // Deleting first moves a repeated id to the end.
      records.delete(record.trackingId);
      records.set(record.trackingId, record);
      if (records.size > capacity) records.delete(records.keys().next().value as string);
    },
    find: (trackingId) => records.get(trackingId),
  };
}
