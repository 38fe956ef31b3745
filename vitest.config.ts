import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const globalSetup = 'packages/testkit/src/global-setup.ts';
const clientTests = 'tests/clients/**/*.test.ts';
const browserTests = 'tests/e2e/**/*.test.ts';
const browserSetup = 'tests/e2e/browser/global-setup.ts';

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
    setupFiles: ['tests/contract/setup.ts'],
    globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: ['packages/**/src/**/*.test.ts', 'apps/**/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, clientTests, browserTests],
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
