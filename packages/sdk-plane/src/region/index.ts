import type { Mount } from '@moothall/http';
import type { Resource } from '@moothall/platform';
import { getRegion } from './region.contract.ts';

function mountRegion(mount: Mount): void {
  mount(getRegion, ({ remoteAddress }) => ({
    clientAddress: remoteAddress,
    countryCode: 'US',
    regionCode: 'US-EAST',
    clientRegion: 'US-EAST',
    timezone: 'UTC',
  }));
}

/** What the official SDK asks of its surroundings when it registers. */
export const region: Resource = {
  name: 'sdk-region',
  area: 'sdk',
  operations: [getRegion],
  routes: mountRegion,
};
