import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const globalSetup = 'packages/testkit/src/global-setup.ts';
const clientTests = 'tests/clients/**/*.test.ts';
const browserTests = 'tests/e2e/**/*.test.ts';
const browserSetup = 'tests/e2e/browser/global-setup.ts';

// They start clusters of their own: where the others run on a server from elsewhere, they would only run once more.
const ownClusters = ['packages/store/src/embedded/**', 'packages/store/src/world-database.test.ts'];
const runElsewhere = process.env.MOOT_TEST_DATABASE_URL ? ownClusters : [];

/** What takes longest begins first: at the end no worker is to be left alone with one of them. */
const longest = [
  'tests/e2e/hub-pages.test.ts',
  'tests/e2e/change-apps.test.ts',
  'tests/e2e/inspector.test.ts',
  'tests/e2e/documentation.test.ts',
  'tests/contract/fuzz.test.ts',
  'tests/e2e/sign-in.test.ts',
  'tests/e2e/sandbox.test.ts',
  'packages/lab/src/lab-fuzz.test.ts',
  'tests/architecture/gates.test.ts',
  'packages/store/src/embedded/crash.test.ts',
  'tests/crash/crash.test.ts',
  'packages/platform/src/messaging/messages/files.test.ts',
  'tests/architecture/branches.test.ts',
  'packages/platform/src/identity/guests/guests.test.ts',
];

function rankOf({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((path) => moduleId.endsWith(`/${path}`));
  return at < 0 ? longest.length : at;
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

// How long something takes is asked by benchmarks; tests wait long enough for a slow machine with other work.
const PATIENCE_MS = 60_000;

// Files of one worker share its process: no module keeps state, and starting a process for each file costs
// more than most files take. Tests wait for the database and the network, so one core feeds two workers.
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS / 3 } },
    watch: false,
    sequence: { sequencer: LongestFirst },
    setupFiles: ['tests/contract/setup.ts'],
    globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: ['packages/**/src/**/*.test.ts', 'apps/**/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, clientTests, browserTests, ...runElsewhere],
        },
      },
      { extends: true, test: { name: 'clients', include: [clientTests] } },
      {
        extends: true,
        test: { name: 'browser', include: [browserTests], globalSetup: [globalSetup, browserSetup] },
      },
    ],
  },
});
