import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const globalSetup = 'packages/testkit/src/global-setup.ts';
const clientTests = 'tests/clients/**/*.test.ts';
const browserTests = 'tests/e2e/**/*.test.ts';
const browserSetup = 'tests/e2e/browser/global-setup.ts';

// Files of one worker share its process: no module keeps state, and starting a process for each file costs
// more than most files take. Tests wait for the database and the network, so one core feeds two workers.
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 20_000,
    hookTimeout: 30_000,
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
