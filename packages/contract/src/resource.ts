import type { ErrorTable } from '@moothall/core';
import type { Operation } from './operation.ts';

/** What a slice tells the registry about its contract. */
export type ResourceContract = {
  /** Name in the plural as the wire spells it, e.g. `rooms`. */
  name: string;
  area:
    | 'identity'
    | 'messaging'
    | 'people'
    | 'meetings'
    | 'devices'
    | 'apps'
    | 'compliance'
    | 'admin'
    | 'sdk'
    | 'operations'
    | 'lab';
  operations: readonly Operation[];
  errors?: ErrorTable;
};
