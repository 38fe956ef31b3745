import type { Mount } from '@moothall/http';
import type { World } from '@moothall/platform';
import { getCatalog, getLimitedCatalog, getSignInCatalog } from './catalog.contract.ts';
import { presentCatalog } from './catalog.present.ts';

/** Ties the catalog to its handlers. */
export function mountCatalog(mount: Mount, { clock }: World): void {
  const nowMs = () => clock.nowMs();
  mount(getLimitedCatalog, ({ baseUrl, query: { format, orgId = '' } }) =>
    presentCatalog({ baseUrl, format, orgId, nowMs: nowMs() }),
  );
  for (const signedIn of [getCatalog, getSignInCatalog])
    mount(signedIn, ({ baseUrl, query: { format }, actor }) =>
      presentCatalog({ baseUrl, format, orgId: actor.orgId, nowMs: nowMs() }),
    );
}
