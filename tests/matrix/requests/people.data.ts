import type { Entries } from '../entry.ts';
import type { Maker } from '../maker.ts';

const DIRECTORY = 'people may be looked up across organisations by who knows their id (documented)';

async function range(make: Maker): Promise<Record<string, string>> {
  const now = make.kit.world.clock.nowMs();
  const [from, to] = [now - 60_000, now + 60_000].map((time) => new Date(time).toISOString());
  return { orgId: make.orgId, from: from!, to: to! };
}

async function versionOf(make: Maker, personId: string): Promise<string> {
  return (await make.page.get(`/hub/api/users/${personId}`)).body.version;
}

/** People, as programs and as the hub's pages see them, and the audit log. */
export const peopleRequests: Entries = {
  'people.me': { unbound: true, request: () => ({}) },
  'people.list': { shared: DIRECTORY, request: ({ ben }) => ({ query: { id: ben.wireId } }) },
  'people.get': { shared: DIRECTORY, request: ({ ben }) => ({ path: { personId: ben.wireId } }) },
  'people.create': {
    request: (make) => {
      const displayName = make.name();
      const emails = [`${displayName.replace(' ', '.')}@zephyr.test`];
      return { body: { emails, displayName, orgId: make.orgId } };
    },
  },
  'people.update': {
    async request(make) {
      return { path: { personId: (await make.person()).wireId }, body: { displayName: make.name() } };
    },
  },
  'people.delete': { request: async (make) => ({ path: { personId: (await make.person()).wireId } }) },
  'hub.overview': { unbound: true, request: () => ({}) },
  'hub.users.list': { unbound: true, request: () => ({ query: { q: 'Zephyr' } }) },
  'hub.users.get': { request: ({ ben }) => ({ path: { personId: ben.wireId } }) },
  'hub.users.create': {
    unbound: true,
    request: (make) => ({ body: { email: `${make.name().replace(' ', '.')}@new.test`, displayName: 'New' } }),
  },
  'hub.users.invite': {
    unbound: true,
    request: (make) => ({ body: { addresses: [`${make.name().replace(' ', '.')}@new.test`] } }),
  },
  'hub.users.change': {
    async request(make) {
      const { wireId } = await make.person();
      return {
        path: { personId: wireId },
        body: { version: await versionOf(make, wireId), displayName: make.name() },
      };
    },
  },
  'hub.users.delete': { request: async (make) => ({ path: { personId: (await make.person()).wireId } }) },
  'hub.users.inviteAgain': {
    async request(make) {
      const emails = [`${make.name().replace(' ', '.')}@zephyr.test`];
      return { path: { personId: (await make.post('/people', { emails, displayName: make.name() })).id } };
    },
  },
  'adminAudit.list': { request: async (make) => ({ query: await range(make) }) },
  'adminAudit.categories': { unbound: true, request: () => ({}) },
  'hub.audit.list': { unbound: true, request: () => ({}) },
  'hub.audit.export': { unbound: true, request: () => ({}) },
};
