import { randomBytes } from 'node:crypto';
import { addApp, approveAuthorizationAs, findPersonFacts } from '@moothall/platform';
import type { AnyBody } from './api-client.ts';
import type { TestPerson, TestPlatform } from './test-platform.ts';

/** An integration as its owner knows it. */
export type TestClient = { appId: string; clientId: string; secret: string; redirectUri: string };

/** What a test sets of an integration. */
export type TestClientRequest = {
  scopes?: string[];
  redirectUris?: string[];
  kind?: 'integration' | 'service_app';
};

/** The one redirect URI of a test integration unless said. */
export const CALLBACK = 'https://crm.test/cb';

/** Stores an integration; scopes to read people and rooms and one callback unless said. */
export async function addClient(kit: TestPlatform, request: TestClientRequest = {}): Promise<TestClient> {
  const secret = randomBytes(32).toString('hex');
  const {
    kind = 'integration',
    redirectUris = [CALLBACK],
    scopes = ['spark:people_read', 'spark:rooms_read'],
  } = request;
  const app = { kind, name: 'CRM', orgId: kit.orgId, scopes, redirectUris, secret };
  const { id, clientId } = await kit.world.store.tx((tx) => addApp(kit.world, tx, app));
  return { appId: id, clientId, secret, redirectUri: redirectUris[0] ?? '' };
}

/** The query with which an integration sends people here. */
export function queryOf(client: TestClient, more: Record<string, string> = {}): string {
  const usual = { response_type: 'code', client_id: client.clientId, redirect_uri: client.redirectUri };
  return new URLSearchParams({ ...usual, state: 'a state', ...more }).toString();
}

/** Parameters of an answer in a redirect's query, or with `#` in its fragment. */
export function answerOf(url: string | null): Record<string, string> {
  const { search, hash } = new URL(url ?? 'about:blank');
  return Object.fromEntries(new URLSearchParams(hash === '' ? search : hash.slice(1)));
}

/** The code of somebody who agreed. */
export async function codeOf(
  kit: TestPlatform,
  client: TestClient,
  person: TestPerson,
  more: Record<string, string> = {},
): Promise<string> {
  const facts = await findPersonFacts(kit.world, person.id);
  const trace = { trackingId: 'test', steps: [] };
  const url = await approveAuthorizationAs(kit.world, facts!, queryOf(client, more), trace);
  return answerOf(url).code!;
}

/** Calls an endpoint with a form that names the client. */
export function postForm(
  kit: TestPlatform,
  client: Pick<TestClient, 'clientId' | 'secret'>,
  fields: Record<string, string>,
  path = '/access_token',
  headers: Record<string, string> = {},
) {
  const credentials = { client_id: client.clientId, client_secret: client.secret };
  return kit.anonymous.post(path, new URLSearchParams({ ...credentials, ...fields }), headers);
}

/** Redeems a code. */
export function redeem(
  kit: TestPlatform,
  client: TestClient,
  code: string,
  more: Record<string, string> = {},
) {
  const fields = { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri };
  return postForm(kit, client, { ...fields, ...more });
}

/** Asks for a further access token. */
export function refresh(kit: TestPlatform, client: TestClient, refreshToken: string) {
  return postForm(kit, client, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** Tokens of somebody who agreed. */
export async function tokensOf(
  kit: TestPlatform,
  client: TestClient,
  person: TestPerson,
  more: Record<string, string> = {},
): Promise<AnyBody> {
  return (await redeem(kit, client, await codeOf(kit, client, person, more))).body;
}

/** Fills an account up to a number of active tokens, which stay. */
export async function fillTokens(kit: TestPlatform, person: TestPerson, count: number): Promise<void> {
  const { world } = kit;
  await world.store.pool.query(
    `insert into token (hash, id, person_id, scopes, created)
     select sha256(convert_to($1::text || n, 'UTF8')), gen_random_uuid(), $1, '{}', $3
     from generate_series(1, $2 - (select count(*)::int from token where person_id = $1 and revoked_at is null
       and (expires_at is null or expires_at > $3))) n`,
    [person.id, count, world.clock.now()],
  );
}
