import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLab } from '@moothall/lab';
import type { World } from '@moothall/platform';
import type { DatabaseAddress } from '@moothall/store';
import {
  type ApiClient,
  apiClient,
  createDatabase,
  inDatabase,
  startBarePlatform,
  type TestPerson,
} from '@moothall/testkit';
import { inject } from 'vitest';
import { webDoor } from '../../apps/server/src/web-door.ts';
import { type Site, siteOf } from './browser.ts';

const LAB_KEY = 'the lab key of a page test';

/** A lab with its demo world and its pages, and a browser. */
export interface LabSite extends Site {
  world: World;
  /** The lab plane with its key. */
  lab: ApiClient;
  /** REST as somebody of the demo world, by address. */
  as(email: string): ApiClient;
  /** Who that is, to open pages as. */
  person(email: string): Promise<Pick<TestPerson, 'id' | 'orgId'>>;
}

/** Boots a lab with its pages in this process. Call `close` in afterAll. */
export async function startLabSite(): Promise<LabSite> {
  const server = JSON.parse(inject('testServer')) as DatabaseAddress;
  const database = await createDatabase(server);
  const folder = await mkdtemp(join(tmpdir(), 'moot-lab-site-'));
  const lab = createLab({ labKey: LAB_KEY, maintenance: inDatabase(server, 'postgres') });
  let people: { email: string; token?: string }[] = [];
  const platform = await startBarePlatform({
    database: database.address,
    blobFolder: folder,
    doors: [lab.door, webDoor],
    hooks: lab.hooks,
    prepare: async (prepared) => {
      const report = await lab.start(prepared, { demo: true });
      people = [...report.people, ...report.bots];
    },
  });
  const { world, baseUrl } = platform;
  const close = async () => {
    await platform.platform.drain();
    await lab.stop();
    await platform.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...(await siteOf({ world, baseUrl, close })),
    world,
    lab: apiClient(baseUrl, LAB_KEY),
    as: (email) => apiClient(baseUrl, people.find((one) => one.email === email)?.token),
    person: (email) => personOf(world, email),
  };
}

async function personOf(world: World, email: string): Promise<Pick<TestPerson, 'id' | 'orgId'>> {
  const { rows } = await world.store.pool.query<Pick<TestPerson, 'id' | 'orgId'>>(
    'select id, org_id as "orgId" from person where email = $1',
    [email],
  );
  return rows[0]!;
}
