import type { Entries } from '../entry.ts';
import type { Maker } from '../maker.ts';

const CATALOG = 'it names services of this server, and nobody';
const NOTHING = 'it keeps nothing of what it is sent';

async function device(make: Maker): Promise<{ path: { deviceId: string } }> {
  const { url } = await make.post('/wdm/api/v1/devices', { name: make.name(), deviceType: 'WEB' });
  return { path: { deviceId: String(url).split('/').at(-1)! } };
}

async function conversation(make: Maker): Promise<{ path: { conversationId: string } }> {
  return { path: { conversationId: await make.room() } };
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
  'sdk.conversations.create': {
    unbound: true,
    request: () => ({ body: { displayName: 'Pantry', activities: { items: [{ verb: 'create' }] } } }),
  },
  'sdk.conversations.list': { unbound: true, request: () => ({}) },
  'sdk.conversations.get': { request: conversation },
  'sdk.conversations.getWith': {
    request: async (make) => {
      const toPersonId = (await make.person()).wireId;
      await make.post('/messages', { toPersonId, text: make.name() });
      return { path: { personId: toPersonId } };
    },
  },
  'sdk.conversations.activities.list': { request: conversation },
  'sdk.conversations.activities.create': {
    request: async (make) => {
      const object = { objectType: 'comment', displayName: make.name() };
      return { ...(await conversation(make)), body: { verb: 'post', object } };
    },
  },
  'sdk.conversations.content.create': {
    refusesWith: 501,
    request: async (make) => ({ ...(await conversation(make)), body: {} }),
  },
  'sdk.conversations.activities.get': {
    request: async (make) => {
      const roomId = await make.room();
      const { id } = await make.post('/messages', { roomId, text: make.name() });
      return { path: { activityId: id } };
    },
  },
  'sdk.conversations.users.lookUp': {
    shared: 'addresses are looked up across organisations, as by GET /v1/people?email=',
    request: ({ ada }) => ({ body: [{ email: ada.email }] }),
  },
  'sdk.conversations.users.me': { unbound: true, request: () => ({}) },
  'sdk.presence.get': {
    shared: 'strangers are told that it is unknown, as of somebody who is not there',
    request: ({ ada }) => ({ query: { userId: ada.id } }),
  },
  'sdk.presence.list': {
    shared: 'strangers are told that it is unknown, as of somebody who is not there',
    request: ({ ada }) => ({ body: { subjects: [ada.id] } }),
  },
  'sdk.presence.subscribe': {
    shared: 'strangers are told 404 for each, as of somebody who is not there',
    request: ({ ada }) => ({ body: { subjects: [ada.id], subscriptionTtl: 600 } }),
  },
  'sdk.presence.set': {
    request: ({ ada }) => ({ body: { subject: ada.id, eventType: 'dnd', ttl: 60 } }),
  },
  'sdk.features.set': {
    request: ({ ada }) => ({ path: { userId: ada.id }, body: { key: 'user-presence-enabled', val: true } }),
  },
  'sdk.mediaClusters.list': { unbound: true, request: () => ({}) },
  'sdk.mediaClusters.query': { unbound: true, request: () => ({ body: {} }) },
  'sdk.metrics.post': { unbound: true, request: () => ({ body: { metrics: [] } }) },
  'sdk.metrics.postBeforeLogin': { open: NOTHING },
  'sdk.telemetry.post': { unbound: true, request: () => ({ body: { metrics: [] } }) },
  'sdk.logs.start': { unbound: true, request: () => ({ body: { file: 'a.txt' } }) },
  'sdk.logs.upload': { open: NOTHING },
  'sdk.logs.finish': { unbound: true, request: () => ({ body: { filename: 'a.log' } }) },
};
