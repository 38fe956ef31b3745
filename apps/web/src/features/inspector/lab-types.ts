import type { labPages } from '@moothall/lab/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';

/** A request with what was said on both sides. */
export type ExchangeDetails = ReplyOf<typeof labPages.showExchange>;

/** A webhook delivery of the lab, with what was said on both sides. */
export type LabDelivery = ReplyOf<typeof labPages.listDeliveries>['items'][number];
