import type { listIntegrations } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';

/** An integration as the hub lists it. */
export type Integration = ReplyOf<typeof listIntegrations>['items'][number];
