import {
  getHubOrganization,
  getOverview,
  listAuditEventsInHub,
  listRequests,
  listServiceApps,
  listTransferableApps,
} from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useRead } from '../../data/use-operation.ts';
import { together } from '../../ui/together.ts';
import { useAdministrator } from '../administration/use-administrator.ts';

/** How many of each are counted; more of them are "or more". */
export const countedMax = 100;

/** Counts of the organisation, as the server tells them. */
export type OverviewReply = ReplyOf<typeof getOverview>;

/** All that the first page shows; what the reader's role keeps from them is undefined. */
export function useOverview() {
  const { isFull, mayReadAuditLog, mayReadServiceApps } = useAdministrator();
  const overview = useRead(getOverview, {});
  const organization = useRead(getHubOrganization, {});
  const requests = useRead(listRequests, { query: { max: countedMax } });
  const serviceApps = useRead(listServiceApps, {}, { enabled: mayReadServiceApps });
  const orphans = useRead(
    listTransferableApps,
    { query: { state: 'orphaned', max: countedMax } },
    { enabled: isFull },
  );
  const audit = useRead(listAuditEventsInHub, { query: { max: 5 } }, { enabled: mayReadAuditLog });
  return together({
    overview,
    organization,
    requests,
    serviceApps: mayReadServiceApps ? serviceApps : undefined,
    orphans: isFull ? orphans : undefined,
    audit: mayReadAuditLog ? audit : undefined,
  });
}

/** What there is for the first page. */
export type OverviewData = NonNullable<ReturnType<typeof useOverview>['data']>;
