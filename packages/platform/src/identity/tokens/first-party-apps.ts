import type { Site } from '@moothall/contract';

/** An app of our own, which nobody registered. */
export type FirstPartyApp = { clientId: string; name: string };

const portal: FirstPartyApp = {
  clientId: 'Cce246df6e72c763312dfd3c57c775ee34ea4afed6b5beba4be9d3039f899795a',
  name: 'Developer Portal',
};
const hub: FirstPartyApp = {
  clientId: 'C94b50c1d3f6bb2a1a4a8a66b5ac9b1c1f3fd7ba1ce9ac5a5f9b2f8e0bb7c2b9d',
  name: 'Hub',
};

/** The apps of our own by the site that they are. */
export const firstPartyApps: Readonly<Record<Exclude<Site, 'account'>, FirstPartyApp>> = { portal, hub };

/**
 * The app of our own that a token without a registered app belongs to: its site's, else the developer
 * portal, where personal tokens come from (documented; so do those of world files, decided).
 */
export function firstPartyAppOf(site: string | null): FirstPartyApp {
  return site === 'hub' ? hub : portal;
}
