import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseAddress } from '@moothall/store';
import {
  type ApiClient,
  apiClient,
  type BarePlatform,
  createDatabase,
  inDatabase,
  startBarePlatform,
} from '@moothall/testkit';
import { inject } from 'vitest';
import { createLab } from './create-lab.ts';
import type { Lab, LabReport } from './lab-types.ts';
import { createDatabaseCopies, databaseOf } from './snapshots/database-copies.ts';

/** Key of the lab plane in tests. */
export const LAB_KEY = 'the lab key of a test';

/** A lab that listens, on a database of its own. */
export type TestLab = BarePlatform & {
  report: LabReport;
  /** The lab plane with its key. */
  lab: ApiClient;
  /** REST as somebody of the loaded world, by address. */
  as(email: string): ApiClient;
  /** Ends this start; the database stays. */
  stop(): Promise<void>;
  /** Starts again on the same database. */
  restart(source?: string): Promise<TestLab>;
};

/** What a test lab is started with. */
export type TestLabOptions = {
  /** Text of the world file; absent: the demo world. */
  worldFile?: string;
  demo?: boolean;
  limits?: Record<string, number>;
};

type Base = {
  address: DatabaseAddress;
  folder: string;
  server: DatabaseAddress;
  drop(): Promise<void>;
};

/** Starts a lab as the server does, forks included. */
async function start(base: Base, options: TestLabOptions): Promise<TestLab> {
  const boot = async (database: DatabaseAddress, lab: Lab, worldFile?: string) => {
    let report: LabReport | undefined;
    const platform = await startBarePlatform({
      database,
      blobFolder: base.folder,
      doors: [lab.door],
      hooks: lab.hooks,
      ...(options.limits && { limits: options.limits }),
      prepare: async (prepared) => {
        const demo = worldFile === undefined && options.demo !== false;
        report = await lab.start(prepared, { demo, ...(worldFile !== undefined && { worldFile }) });
      },
    });
    const close = async () => {
      await platform.platform.drain();
      await lab.stop();
      await platform.close();
    };
    return { ...platform, report: report!, close };
  };
  const lab = createLab({
    labKey: LAB_KEY,
    maintenance: inDatabase(base.server, 'postgres'),
    startFork: (database, forkLab) => boot(database, forkLab),
  });
  let path: string | undefined;
  if (options.worldFile !== undefined) {
    path = join(base.folder, 'world.yaml');
    await writeFile(path, options.worldFile);
  }
  const running = await boot(base.address, lab, path);
  const { people, bots } = running.report;
  return {
    ...running,
    lab: apiClient(running.baseUrl, LAB_KEY),
    as: (email) => apiClient(running.baseUrl, [...people, ...bots].find((one) => one.email === email)?.token),
    stop: running.close,
    async close() {
      await running.close();
      const copies = createDatabaseCopies(
        inDatabase(base.server, 'postgres'),
        () => databaseOf(base.address),
        async () => undefined,
      );
      await copies.dropAll();
      await copies.close();
      await base.drop();
      await rm(base.folder, { recursive: true, force: true });
    },
    restart: (worldFile) => start(base, worldFile === undefined ? { demo: false } : { worldFile }),
  };
}

/** Starts a lab on a new database; `close` ends it and drops the database. */
export async function startTestLab(options: TestLabOptions = {}): Promise<TestLab> {
  const server = JSON.parse(inject('testServer')) as DatabaseAddress;
  const database = await createDatabase(server);
  const folder = await mkdtemp(join(tmpdir(), 'moot-lab-'));
  return start({ ...database, folder, server }, options);
}
