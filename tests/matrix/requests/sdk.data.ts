import type { Entries } from '../entry.ts';

const CATALOG = 'it names services of this server, and nobody';

/** The services behind the official SDK. */
export const sdkRequests: Entries = {
  'sdk.catalog.limited': { open: CATALOG },
  'sdk.catalog.get': { unbound: true, request: () => ({}) },
  'sdk.catalog.signIn': { unbound: true, request: () => ({}) },
  'sdk.region.get': { open: 'it tells a caller their own address' },
};
