import type { listTransferableApps } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';

/** An app that may be given to another owner. */
export type TransferableApp = ReplyOf<typeof listTransferableApps>['items'][number];
