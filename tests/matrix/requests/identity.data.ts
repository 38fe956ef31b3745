import type { Entries } from '../entry.ts';
import type { Maker } from '../maker.ts';

const CODE_FLOW = 'OAuth asks for the app, by its client id and secret';
const PUBLIC = 'it tells the addresses and algorithms of this server';
const SIGN_IN = 'whoever comes is not signed in yet';

/** The id of a session of Ada's that was just started. */
async function newSession({ kit, ada, page }: Maker): Promise<string> {
  const path = '/idb/api/me/sessions?max=1000';
  const idsIn = async () => (await page.get(path)).body.items.map(({ id }: { id: string }) => id) as string[];
  const before = await idsIn();
  await kit.page(ada);
  return (await idsIn()).find((id) => !before.includes(id))!;
}

/** Organisations, licences, tokens, guests, sign-in and OAuth. */
export const identityRequests: Entries = {
  'organizations.list': { unbound: true, request: () => ({}) },
  'organizations.get': { request: (make) => ({ path: { orgId: make.orgId } }) },
  'roles.list': { unbound: true, request: () => ({}) },
  'roles.get': {
    unbound: true,
    async request({ ada }) {
      return { path: { roleId: (await ada.api.get('/roles')).body.items[0].id } };
    },
  },
  'licenses.list': { request: (make) => ({ query: { orgId: make.orgId } }) },
  'licenses.get': {
    async request(make) {
      return { path: { licenseId: await make.license() }, query: { includeAssignedTo: 'user' } };
    },
  },
  'licenses.assign': {
    async request(make) {
      await make.license();
      const { items } = (await make.ada.api.get('/licenses')).body;
      const licenses = [{ id: items[0].id, operation: 'add' }];
      return { body: { personId: make.ben.wireId, orgId: make.orgId, licenses } };
    },
  },
  'authorizations.list': { request: ({ ben }) => ({ query: { personId: ben.wireId } }) },
  'authorizations.delete': {
    request: async (make) => ({ path: { authorizationId: await make.authorization() } }),
  },
  'authorizations.deleteOfClient': {
    request: async (make) => ({ query: { clientId: await make.clientId(), orgId: make.orgId } }),
  },
  'authorizations.tokenExpiry': { unbound: true, request: () => ({}) },
  'hub.authorizations.list': { request: ({ ben }) => ({ path: { personId: ben.wireId } }) },
  'hub.authorizations.delete': {
    request: async (make) => ({ path: { authorizationId: await make.authorization() } }),
  },
  'hub.authorizations.deleteOfClient': {
    shared: 'it ends what the own organisation allowed an app, whosever that is',
    request: async (make) => ({ query: { clientId: await make.clientId() } }),
  },
  'guests.login': { open: 'the JWT of a guest issuer lets in' },
  'guests.token': {
    unbound: true,
    request: (make) => ({ body: { subject: make.name(), displayName: make.name() } }),
  },
  'guests.count': { unbound: true, request: () => ({}) },
  'oauth.authorize': { open: CODE_FLOW },
  'oauth.authorize_idb': { open: CODE_FLOW },
  'oauth.create_tokens': { open: CODE_FLOW },
  'oauth.create_tokens_idb': { open: CODE_FLOW },
  'oauth.revoke': { open: CODE_FLOW },
  'oauth.revoke_idb': { open: CODE_FLOW },
  'oauth.log_out': { open: 'it ends the session of the cookie, if it is one' },
  'signing_keys.get': { open: PUBLIC },
  'oauth.authorize_device': { open: CODE_FLOW },
  'oauth.create_device_tokens': { open: CODE_FLOW },
  'oauth.userinfo': { unbound: true, request: () => ({}) },
  'oauth.userinfo_post': { unbound: true, request: () => ({}) },
  'oauth.userinfo_idb': { unbound: true, request: () => ({}) },
  'oauth.metadata': { open: PUBLIC },
  'oauth.metadata_v1': { open: PUBLIC },
  'oauth.openid_metadata': { open: PUBLIC },
  'oauth.openid_metadata_v1': { open: PUBLIC },
  'oauth.openid_metadata_idb': { open: PUBLIC },
  'passwordResets.create': { open: SIGN_IN },
  'deployment.get': { open: SIGN_IN },
  'session.signIn': { open: SIGN_IN },
  'session.redeemLink': { open: SIGN_IN },
  'session.signOut': { open: 'it ends the session of the cookie, if it is one' },
  'session.get': { unbound: true, request: () => ({}) },
  'session.enterSite': { unbound: true, request: () => ({ body: { site: 'portal' } }) },
  'hub.organization.get': { unbound: true, request: () => ({}) },
  'hub.organization.change': {
    unbound: true,
    async request({ page }) {
      const { version } = (await page.get('/hub/api/organization')).body;
      return { body: { version, sharesPresence: true } };
    },
  },
  'hub.domains.list': { unbound: true, request: () => ({}) },
  'hub.domains.claim': {
    unbound: true,
    request: (make) => ({ body: { name: `${make.name().replace(' ', '-')}.test` } }),
  },
  'hub.roles': { unbound: true, request: () => ({}) },
  'hub.licenses': { unbound: true, request: () => ({}) },
  'password.set': {
    unbound: true,
    last: true,
    request: () => ({ body: { newPassword: 'a matrix of many cells' } }),
  },
  'me.get': { unbound: true, request: () => ({}) },
  'me.update': {
    unbound: true,
    async request(make) {
      const { version } = (await make.page.get('/idb/api/me')).body;
      return { body: { version, nickName: make.name() } };
    },
  },
  'me.sessions.list': { unbound: true, request: () => ({}) },
  'me.sessions.end': { request: async (make) => ({ path: { id: await newSession(make) } }) },
  'me.sessions.endOthers': { unbound: true, last: true, request: () => ({}) },
  'me.grants.list': { unbound: true, request: () => ({}) },
  'me.grants.revoke': { request: async (make) => ({ path: { clientId: await make.grant() } }) },
  'personalToken.get': { unbound: true, request: () => ({}) },
  'personalToken.create': { unbound: true, last: true, request: () => ({}) },
  'personalToken.delete': { unbound: true, last: true, request: () => ({}) },
};
