import type { Platform, World } from '@moothall/platform';
import type { FaultBook } from './faults/fault-book.ts';
import type { ExchangeLog } from './inspect/exchange-log.ts';
import type { Snapshots } from './snapshots/snapshots.ts';
import type { Turns } from './turns.ts';

/** What the lab's operations work on. */
export type LabParts = {
  platform: Platform;
  world: World;
  faults: FaultBook;
  exchanges: ExchangeLog;
  snapshots: Snapshots;
  turns: Turns;
};
