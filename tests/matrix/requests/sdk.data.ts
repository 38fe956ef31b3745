import type { Entries } from '../entry.ts';
import type { Maker } from '../maker.ts';

const CATALOG = 'it names services of this server, and nobody';
const NOTHING = 'it keeps nothing of what it is sent';

async function device(make: Maker): Promise<{ path: { deviceId: string } }> {
  const { url } = await make.post('/wdm/api/v1/devices', { name: make.name(), deviceType: 'WEB' });
  return { path: { deviceId: String(url).split('/').at(-1)! } };
}

/** The services behind the official SDK. */
export const sdkRequests: Entries = {
  'sdk.catalog.limited': { open: CATALOG },
  'sdk.catalog.get': { unbound: true, request: () => ({}) },
  'sdk.catalog.signIn': { unbound: true, request: () => ({}) },
  'sdk.region.get': { open: 'it tells a caller their own address' },
  'sdk.devices.create': { unbound: true, request: () => ({ body: { name: 'Tab' } }) },
  'sdk.devices.list': { unbound: true, request: () => ({}) },
  'sdk.devices.deleteAll': { unbound: true, request: () => ({}) },
  'sdk.devices.get': { request: device },
  'sdk.devices.refresh': {
    request: async (make) => ({ ...(await device(make)), body: { ttl: 1800 } }),
  },
  'sdk.devices.delete': { request: device },
  'sdk.kms.get': { request: ({ ada }) => ({ path: { userId: ada.id } }) },
  'sdk.kms.post': { unbound: true, request: () => ({ body: { kmsMessages: [] } }) },
  'sdk.mediaClusters.list': { unbound: true, request: () => ({}) },
  'sdk.mediaClusters.query': { unbound: true, request: () => ({ body: {} }) },
  'sdk.metrics.post': { unbound: true, request: () => ({ body: { metrics: [] } }) },
  'sdk.metrics.postBeforeLogin': { open: NOTHING },
  'sdk.telemetry.post': { unbound: true, request: () => ({ body: { metrics: [] } }) },
  'sdk.logs.start': { unbound: true, request: () => ({ body: { file: 'a.txt' } }) },
  'sdk.logs.upload': { open: NOTHING },
  'sdk.logs.finish': { unbound: true, request: () => ({ body: { filename: 'a.log' } }) },
};
