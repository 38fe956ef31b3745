import { encodeWireId } from '@moothall/core';
import type { Entries } from '../entry.ts';
import type { Maker } from '../maker.ts';

const integration = {
  type: 'integration',
  redirectUris: ['https://app.test/back'],
  scopes: ['spark:people_read'],
};

let bots = 0;
function botForm() {
  bots += 1;
  return { type: 'bot', username: `zephyr-matrix-${bots}` };
}

async function idOf(make: Maker, form: Record<string, unknown> = integration): Promise<{ id: string }> {
  const { id } = await make.app(form);
  return { id };
}

async function authorizationQuery(make: Maker): Promise<Record<string, string>> {
  const { clientId } = await make.app(integration);
  const [redirectUri] = integration.redirectUris;
  return {
    client_id: clientId,
    redirect_uri: redirectUri!,
    response_type: 'code',
    scope: 'spark:people_read',
    state: 'x',
  };
}

/** The first bytes of a PNG of 16 by 16 pixels: as much as tells its size. */
function png(): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(33);
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex');
  bytes.writeUInt32BE(16, 16);
  bytes.writeUInt32BE(16, 20);
  return new Uint8Array(bytes);
}

const hook = { targetUrl: 'https://hook.test/y', resource: 'messages', event: 'created' };
/** The client id of an integration that Ada's organisation blocks. */
async function blocked(make: Maker): Promise<string> {
  const { clientId } = await make.app(integration);
  const path = `/hub/api/integrations/${clientId}/policy`;
  const { status, text } = await make.page.put(path, { mode: 'blocked', version: '0' });
  if (status !== 200) throw new Error(`PUT ${path}: ${text}`);
  return clientId;
}

async function newSandbox({ page }: Maker): Promise<{ body: { termsVersion: string } }> {
  const { termsVersion } = (await page.get('/idb/api/sandbox-terms')).body;
  return { body: { termsVersion } };
}

/** The code that a device shows to its person. */
async function userCode(make: Maker): Promise<string> {
  const { clientId } = await make.app(integration);
  const form = new URLSearchParams({ client_id: clientId, scope: 'spark:people_read' });
  return (await make.post('/device/authorize', form, make.kit.anonymous)).user_code;
}

const OWN_DECISION = 'each organisation decides about any integration for itself';
const PUBLIC_APPS = 'people of any organisation may authorise an integration';

/** Webhooks, and the apps of the portal. */
export const appRequests: Entries = {
  'webhooks.create': { unbound: true, request: () => ({ body: { name: 'Hook', ...hook } }) },
  'webhooks.list': { unbound: true, request: () => ({}) },
  'webhooks.get': { request: async (make) => ({ path: { webhookId: await make.webhook() } }) },
  'webhooks.update': {
    async request(make) {
      const { targetUrl } = hook;
      return { path: { webhookId: await make.webhook() }, body: { name: make.name(), targetUrl } };
    },
  },
  'webhooks.delete': { request: async (make) => ({ path: { webhookId: await make.webhook() } }) },
  'incomingWebhooks.post': { open: 'its path holds the secret' },
  'portal.apps.list': { unbound: true, request: () => ({}) },
  'portal.appKinds.list': { unbound: true, request: () => ({}) },
  'portal.apps.create': { unbound: true, request: () => ({ body: { name: 'App', ...integration } }) },
  'portal.apps.get': { request: async (make) => ({ path: await idOf(make) }) },
  'portal.apps.change': {
    async request(make) {
      const { id, version } = await make.app(integration);
      return { path: { id }, body: { version, name: make.name() } };
    },
  },
  'portal.apps.delete': { request: async (make) => ({ path: await idOf(make) }) },
  'portal.apps.regenerateSecret': { request: async (make) => ({ path: await idOf(make) }) },
  'portal.apps.regenerateToken': { request: async (make) => ({ path: await idOf(make, botForm()) }) },
  'portal.apps.uploadIcon': {
    async request(make) {
      const body = new FormData();
      body.set('icon', new Blob([png()], { type: 'image/png' }), 'icon.png');
      return { path: await idOf(make), body };
    },
  },
  'portal.apps.icon': { open: 'the consent page shows icons to people of any organisation' },
  'portal.botUsernames.check': { unbound: true, request: () => ({ path: { name: 'matrix-free-name' } }) },
  'oauth.show_request': {
    shared: PUBLIC_APPS,
    request: async (make) => ({ query: await authorizationQuery(make) }),
  },
  'oauth.decide_request': {
    shared: PUBLIC_APPS,
    async request(make) {
      const query = String(new URLSearchParams(await authorizationQuery(make)));
      return { body: { query, approved: true } };
    },
  },
  'hub.appTransfer.list': { unbound: true, request: () => ({}) },
  'hub.appTransfer.transfer': {
    request: async (make) => ({ path: await idOf(make), body: { toPersonId: make.ben.wireId } }),
  },
  'serviceApps.token': {
    async request(make) {
      const { clientId, secret } = await make.authorizedServiceApp();
      return {
        path: { applicationId: encodeWireId('APPLICATION', clientId) },
        body: { clientId, clientSecret: secret, targetOrgId: make.orgId },
      };
    },
  },
  'hub.serviceApps.list': { unbound: true, request: () => ({}) },
  'hub.serviceApps.authorize': {
    async request(make) {
      const { id, version } = await make.serviceApp();
      return { path: { id }, body: { version } };
    },
  },
  'hub.serviceApps.revoke': {
    request: async (make) => ({ path: { id: (await make.authorizedServiceApp()).id } }),
  },
  'portal.serviceApps.requestAuthorization': {
    request: async (make) => ({ path: { id: (await make.serviceApp()).id }, body: {} }),
  },
  'portal.serviceApps.listAuthorizations': {
    request: async (make) => ({ path: { id: (await make.serviceApp()).id } }),
  },
  'portal.serviceApps.token': {
    async request(make) {
      const { id, secret } = await make.authorizedServiceApp();
      return { path: { id, orgId: make.orgId }, body: { clientSecret: secret } };
    },
  },
  'hub.bots.list': { unbound: true, request: () => ({}) },
  'hub.bots.changePolicy': {
    unbound: true,
    async request({ page }) {
      const { policy } = (await page.get('/hub/api/bots')).body;
      return { body: { mode: policy.mode, botIds: [], version: policy.version } };
    },
  },
  'hub.integrations.list': { unbound: true, request: () => ({}) },
  'hub.integrations.changeDefault': {
    unbound: true,
    async request({ page }) {
      const { version } = (await page.get('/hub/api/integrations')).body.default;
      return { body: { access: 'allow', version } };
    },
  },
  'hub.integrations.changePolicy': {
    shared: OWN_DECISION,
    async request(make) {
      return {
        path: { clientId: (await make.app(integration)).clientId },
        body: { mode: 'blocked', version: '0' },
      };
    },
  },
  'hub.integrations.revoke': {
    shared: OWN_DECISION,
    request: async (make) => ({ path: { clientId: (await make.app(integration)).clientId } }),
  },
  'account.integrationRequests.create': {
    shared: OWN_DECISION,
    request: async (make) => ({ body: { clientId: await blocked(make) } }),
  },
  'hub.integrationRequests.list': { unbound: true, request: () => ({}) },
  'hub.integrationRequests.decline': {
    async request(make) {
      const clientId = await blocked(make);
      await make.post('/idb/api/integration-requests', { clientId }, make.page);
      const { items } = (await make.page.get('/hub/api/integration-requests?max=1000')).body;
      return { path: { id: items.find((item: { clientId: string }) => item.clientId === clientId).id } };
    },
  },
  'sandboxes.terms': { open: 'terms are for everybody' },
  'sandboxes.requestAsVisitor': { open: 'whoever comes has no account yet' },
  'sandboxes.request': { unbound: true, request: newSandbox },
  'sandboxes.list': { unbound: true, request: () => ({}) },
  'sandboxes.get': {
    async request(make) {
      const { body } = await newSandbox(make);
      return { path: { sandboxId: (await make.post('/portal/api/sandboxes', body, make.page)).id } };
    },
  },
  'oauth.show_device': {
    shared: PUBLIC_APPS,
    request: async (make) => ({ query: { userCode: await userCode(make) } }),
  },
  'oauth.decide_device': {
    shared: 'whoever holds the code of a device answers for it, once',
    request: async (make) => ({ body: { userCode: await userCode(make), approved: true } }),
  },
  'portal.webhooks.list': { unbound: true, request: () => ({}) },
  'portal.webhooks.get': { request: async (make) => ({ path: { id: await make.webhook() } }) },
  'portal.webhooks.deliveries': { request: async (make) => ({ path: { id: await make.webhook() } }) },
  'portal.webhooks.delivery': { request: async (make) => ({ path: await make.delivery() }) },
  'portal.webhooks.redeliver': { request: async (make) => ({ path: await make.delivery() }) },
  'portal.limits.list': { unbound: true, request: () => ({}) },
  'portal.scopes.list': { unbound: true, request: () => ({}) },
  'portal.openapi.get': { unbound: true, request: () => ({}) },
  'portal.operations.list': { unbound: true, request: () => ({}) },
};
