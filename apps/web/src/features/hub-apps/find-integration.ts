import { listIntegrations } from '@moothall/platform/contracts';
import type { PageClient } from '../../data/page-client.ts';
import { PageError } from '../../data/page-error.ts';
import type { Integration } from './integration.ts';

/** An integration as it is now. @throws PageError when it is gone */
export async function findIntegration(
  client: PageClient,
  { clientId, name }: { clientId: string; name: string },
): Promise<Integration> {
  const { items } = await client.call(listIntegrations, { query: { q: name, max: 1000 } });
  const found = items.find((one) => one.clientId === clientId);
  if (found) return found;
  throw new PageError({ status: 404, message: `${name} is not there any more: reload the page.` });
}
