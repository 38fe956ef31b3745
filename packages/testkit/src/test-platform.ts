import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoleName, Site } from '@moothall/contract';
import { encodeWireId, type Uuid } from '@moothall/core';
import { SESSION_COOKIE } from '@moothall/http';
import {
  addOrganization,
  addPerson,
  createPlatform,
  csrfTokenOf,
  type Door,
  enterSite,
  mintToken,
  type Platform,
  startSession,
  type World,
} from '@moothall/platform';
import { createRealtime } from '@moothall/realtime';
import { projections } from '@moothall/sdk-plane';
import type { DatabaseAddress } from '@moothall/store';
import { inject } from 'vitest';
import { type ApiClient, apiClient } from './api-client.ts';
import { createDatabase } from './database.ts';
import { showExchange } from './listeners.ts';
import { openTestWorld, type TestWorldOptions } from './open-world.ts';

/** Scopes of an ordinary user's personal token. */
const USER_SCOPES = ['spark:all', 'spark:kms'];

/** Scopes of a bot's token. */
export const BOT_SCOPES = [
  'spark:rooms_read',
  'spark:rooms_write',
  'spark:memberships_read',
  'spark:memberships_write',
  'spark:messages_read',
  'spark:messages_write',
  'spark:people_read',
  'spark:teams_read',
  'spark:teams_write',
  'spark:team_memberships_read',
  'spark:team_memberships_write',
];

/** A person with a token and a client. */
export type TestPerson = {
  id: Uuid;
  wireId: string;
  orgId: Uuid;
  email: string;
  displayName: string;
  /** Of their token. */
  scopes: readonly string[];
  token: string;
  api: ApiClient;
};

/** What a test asks of a new person. */
export type TestPersonRequest = {
  org?: Uuid;
  name?: string;
  email?: string;
  roles?: RoleName[];
  licenses?: string[];
  scopes?: string[];
  type?: 'person' | 'bot';
};

/** A platform that listens, on a database of its own. */
export interface TestPlatform {
  world: World;
  platform: Platform;
  baseUrl: string;
  /** The organisation that people belong to unless said. */
  orgId: Uuid;
  addOrg(displayName: string): Promise<Uuid>;
  addPerson(request?: TestPersonRequest): Promise<TestPerson>;
  addBot(name?: string): Promise<TestPerson>;
  /** Another token of somebody. */
  mint(person: TestPerson, scopes: string[], lifetimeSeconds?: number): Promise<ApiClient>;
  /** A page's client of somebody who signed in and entered the sites; sends the cookie and the CSRF token. */
  page(person: TestPerson, ...sites: Exclude<Site, 'account'>[]): Promise<ApiClient>;
  /** A client without a token. */
  anonymous: ApiClient;
  /** All events of the log so far, oldest first. */
  events(): Promise<
    { resource: string; event: string; data: Record<string, unknown>; actor_id: string | null }[]
  >;
  close(): Promise<void>;
}

/** Settings that a test may change. */
export type TestPlatformOptions = TestWorldOptions & { work?: boolean; doors?: readonly Door[] };

/** Boots a platform in this process. Call `close` in afterAll. */
export async function startTestPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  const blobFolder = await mkdtemp(join(tmpdir(), 'moot-blobs-'));
  const world = await openTestWorld(database.address, blobFolder, options);
  const http = {
    bodyLimitBytes: world.limits.get('request.body'),
    checkReplies: true,
    secureHeaders: world.config.mode === 'production',
  };
  const platform = createPlatform(world, http, {
    hooks: { finished: showExchange },
    doors: [createRealtime(projections), ...(options.doors ?? [])],
  });
  const { port } = await platform.http.listen('127.0.0.1', 0);
  const baseUrl = `http://127.0.0.1:${port}`;
  world.config.publicUrl = baseUrl;
  if (options.work !== false) await platform.startWork();
  let count = 0;
  const addOrg = (displayName: string) => world.store.tx((tx) => addOrganization(world, tx, { displayName }));
  const orgId = await addOrg('Acme');

  async function add(request: TestPersonRequest = {}): Promise<TestPerson> {
    count += 1;
    const displayName = request.name ?? `Person ${count}`;
    const type = request.type ?? 'person';
    const domain = type === 'bot' ? world.config.botDomain : 'acme.test';
    const email =
      request.email ?? `${displayName.toLowerCase().replace(/[^a-z0-9]+/g, '.')}.${count}@${domain}`;
    const org = request.org ?? orgId;
    const scopes = request.scopes ?? (type === 'bot' ? BOT_SCOPES : USER_SCOPES);
    return world.store.tx(async (tx) => {
      const person = {
        orgId: org,
        type,
        email,
        displayName,
        roles: request.roles ?? [],
        licenses: request.licenses ?? ['messaging', 'meetings'],
      };
      const id = await addPerson(world, tx, person);
      const { token } = await mintToken(world, tx, { personId: id, orgId: org, scopes });
      return {
        id,
        wireId: encodeWireId('PEOPLE', id),
        orgId: org,
        email,
        displayName,
        scopes,
        token,
        api: apiClient(baseUrl, token),
      };
    });
  }

  return {
    world,
    platform,
    baseUrl,
    orgId,
    addOrg,
    addPerson: add,
    addBot: (name = 'Echo') => add({ name, type: 'bot' }),
    async mint(person, scopes, lifetimeSeconds) {
      const lifetime = lifetimeSeconds === undefined ? {} : { lifetimeSeconds };
      const request = { personId: person.id, orgId: person.orgId, scopes, ...lifetime };
      const { token } = await world.store.tx((tx) => mintToken(world, tx, request));
      return apiClient(baseUrl, token);
    },
    async page({ id: personId, orgId: org }, ...sites) {
      const { cookie } = await world.store.tx(async (tx) => {
        const session = await startSession(world, tx, { personId, orgId: org });
        for (const site of sites) await enterSite(world, tx, { ...session, personId, orgId: org }, site);
        return session;
      });
      const headers = { cookie: `${SESSION_COOKIE}=${cookie}`, 'x-csrf-token': csrfTokenOf(cookie) };
      return apiClient(baseUrl, undefined, headers);
    },
    anonymous: apiClient(baseUrl),
    async events() {
      const { rows } = await world.store.pool.query<{
        resource: string;
        event: string;
        data: Record<string, unknown>;
        actor_id: string | null;
      }>('select resource, event, data, actor_id from event order by tx, seq');
      return rows;
    },
    async close() {
      await platform.close();
      await database.drop();
      await rm(blobFolder, { recursive: true, force: true });
    },
  };
}
