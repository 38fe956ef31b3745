import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, makeSmallCheckout, type SmallCheckout } from './small-checkout.ts';

/** One thing that a gate must refuse. */
interface Plant {
  gate: string;
  what: string;
  spoil: (checkout: SmallCheckout) => void;
  /** What the report must say. */
  finding: RegExp;
}

const platform = 'packages/platform/src';
const documented = (line: string): string => `/** Planted for the gates. */\n${line}\n`;
const statements = (count: number): string => 'export {};\n'.repeat(count);

const plants: Plant[] = [
  {
    gate: 'format',
    what: 'code that the formatter would write otherwise',
    spoil: (to) => to.replace('packages/core/src/index.ts', 'roomsMax = 8', 'roomsMax  =  8'),
    finding: /packages\/core\/src\/index\.ts format/,
  },
  {
    gate: 'format',
    what: 'a type that says nothing',
    spoil: (to) => to.replace('packages/lab/src/index.ts', 'Promise<void>', 'Promise<any>'),
    finding: /noExplicitAny/,
  },
  ...['Date.now()', 'new Date()', 'Date()', 'Date.now'].map((read) => ({
    gate: 'format',
    what: `the system's time by ${read}`,
    spoil: (to: SmallCheckout) => to.replace('packages/core/src/index.ts', '= 8', `= ${read}`),
    finding: /Read the time from world\.clock/,
  })),
  ...[
    "import { setTimeout as sleep } from 'node:timers/promises';\nsleep(1);\n",
    "import { Pool } from 'pg';\nnew Pool().query('select 1');\n",
    "import { startLab } from './index.ts';\nstartLab();\n",
  ].map((code) => ({
    gate: 'promises',
    what: `a promise that nobody waits for: ${code.split('\n')[1]}`,
    spoil: (to: SmallCheckout) => to.write('packages/lab/src/later.ts', code),
    finding: /later\.ts:2:.*no-floating-promises/,
  })),
  {
    gate: 'promises',
    what: 'a promise where nothing is awaited',
    spoil: (to) =>
      to.write(
        'packages/lab/src/later.ts',
        documented('setTimeout(async () => await import("node:fs"), 1);').replaceAll('"', "'"),
      ),
    finding: /no-misused-promises/,
  },
  {
    gate: 'types',
    what: 'a value of the wrong type',
    spoil: (to) => to.replace(`${platform}/index.ts`, 'serve(listRooms', "serve('x' + listRooms"),
    finding: /error TS2345/,
  },
  {
    gate: 'dead-code',
    what: 'a file that nobody imports',
    spoil: (to) => to.write(`${platform}/alone.ts`, documented('export const alone = 1;')),
    finding: /Unused files[\s\S]*alone\.ts/,
  },
  {
    gate: 'dead-code',
    what: 'an export that nobody uses',
    spoil: (to) => to.replace('packages/core/src/index.ts', '= 8;', '= 8;\nexport const idle = 1;'),
    finding: /Unused exports[\s\S]*idle/,
  },
  {
    gate: 'dead-code',
    what: 'a dependency that nobody uses',
    spoil: (to) =>
      to.replace(
        'packages/platform/package.json',
        '"@moothall/http": "*"',
        '"@moothall/http": "*", "pino": "*"',
      ),
    finding: /Unused dependencies[\s\S]*pino/,
  },
  {
    gate: 'dead-code',
    what: 'an import that no package.json lists',
    spoil: (to) => to.replace('packages/lab/src/index.ts', 'import', "import 'undici';\nimport"),
    finding: /Unlisted dependencies[\s\S]*undici/,
  },
  ...importPlants(),
  {
    gate: 'sizes',
    what: 'a file of 401 lines',
    spoil: (to) => to.write(`${platform}/long.ts`, statements(401)),
    finding: /long\.ts: file of 401 lines, at most 400/,
  },
  {
    gate: 'sizes',
    what: 'many files of 300 lines',
    spoil: (to) => {
      for (const name of ['a', 'b']) to.write(`${platform}/${name}.ts`, statements(300));
    },
    finding: /only 5 % of each file may have 300 lines or more: .*a\.ts \(300\), .*b\.ts \(300\)/,
  },
  {
    gate: 'sizes',
    what: 'mostly files of 81 lines',
    spoil: (to) => {
      for (let index = 0; index < 30; index++) to.write(`${platform}/f${index}.ts`, statements(81));
    },
    finding: /the median file has 81 lines, at most 80/,
  },
  {
    gate: 'sizes',
    what: 'a function of 101 lines',
    spoil: (to) => to.write(`${platform}/f.ts`, `export function f(): void {\n${'  f();\n'.repeat(99)}}\n`),
    finding: /f\.ts:1: function of 101 lines, at most 100/,
  },
  {
    gate: 'sizes',
    what: 'mostly functions of 13 lines',
    spoil: (to) => {
      const body = '  null;\n'.repeat(11);
      const functions = Array.from({ length: 20 }, (_, index) => `function f${index}() {\n${body}}\n`);
      to.write(`${platform}/f.ts`, functions.join(''));
    },
    finding: /the median function has 13 lines, at most 12/,
  },
  {
    gate: 'docs',
    what: 'an export without a JSDoc block',
    spoil: (to) => to.write(`${platform}/bare.ts`, '// A plain comment.\nexport const bare = 1;\n'),
    finding: /bare\.ts:2: bare has no JSDoc block/,
  },
  {
    gate: 'docs',
    what: 'an undocumented type that is exported further down',
    spoil: (to) => to.write(`${platform}/bare.ts`, 'interface Bare {\n  x: 1;\n}\nexport type { Bare };\n'),
    finding: /bare\.ts:1: Bare has no JSDoc block/,
  },
  ...['now()', 'CURRENT_TIMESTAMP', 'clock_timestamp()'].map((time) => ({
    gate: 'sql-time',
    what: `${time} in SQL`,
    spoil: (to: SmallCheckout) =>
      to.replace('packages/store/src/index.ts', 'limit', `where at < ${time} limit`),
    finding: /packages\/store\/src\/index\.ts:5: .* in SQL/,
  })),
  ...['TODO later', 'FIXME', '@ts-ignore'].map((mark) => ({
    gate: 'leftovers',
    what: mark,
    spoil: (to: SmallCheckout) => to.replace('packages/core/src/index.ts', '= 8;', `= 8; // ${mark}`),
    finding: /packages\/core\/src\/index\.ts:2/,
  })),
  {
    gate: 'leftovers',
    what: 'an inline import type',
    spoil: (to) => to.write(`${platform}/inline.ts`, "export type Inline = import('zod').ZodType;\n"),
    finding: /inline\.ts:1: write an import type statement/,
  },
  ...['string-utils.ts', 'helpers/join.ts', 'room-manager.ts', 'common.ts'].map((name) => ({
    gate: 'names',
    what: `a file called ${name}`,
    spoil: (to: SmallCheckout) => to.write(`${platform}/${name}`, ''),
    finding: new RegExp(`${platform}/${name}: name it after what it does`),
  })),
  {
    gate: 'lock',
    what: 'a lock without a platform package',
    spoil: (to) =>
      to.replace('package-lock.json', '"tool-linux": "1.0.0"', '"tool-linux": "1", "tool-mac": "1"'),
    finding: /node_modules\/tool lacks an entry for tool-mac/,
  },
  {
    gate: 'lock',
    what: 'a lock with a download host',
    spoil: (to) =>
      to.replace('package-lock.json', '"version": "1.0.0",', '"version": "1.0.0", "resolved": "https://x",'),
    finding: /node_modules\/tool names a download host/,
  },
  {
    gate: 'lock',
    what: 'a package that the bundles would hold twice or not find',
    spoil: (to) =>
      to.replace('package-lock.json', '"node_modules/tool-linux"', '"packages/store/node_modules/pg"'),
    finding: /packages\/store\/node_modules\/pg is nested/,
  },
];

/** Each spoils the imports of one file by a line at its top. */
function importPlants(): Plant[] {
  const lines: Array<[what: string, file: string, line: string, finding: RegExp]> = [
    [
      'the inside of another slice',
      `${platform}/messaging/tabs/index.ts`,
      "import '../rooms/rooms.store.ts';",
      /a slice imports another slice only through its index\.ts/,
    ],
    [
      'only a type from the inside of another slice',
      `${platform}/messaging/tabs/index.ts`,
      "import type { readRooms as Reader } from '../rooms/rooms.store.ts';",
      /a slice imports another slice only through its index\.ts/,
    ],
    [
      'the inside of a slice from the wiring',
      `${platform}/index.ts`,
      "import './messaging/rooms/rooms.store.ts';",
      /outside the slices only index\.ts/,
    ],
    ['a cycle', `${platform}/messaging/rooms/index.ts`, "import '../tabs/index.ts';", /no cycles/],
    [
      'the store from a contract',
      `${platform}/messaging/tabs/tabs.contract.ts`,
      "import '@moothall/store';",
      /contracts and errors run in a browser/,
    ],
    [
      'the implementation of a slice from its contract',
      `${platform}/messaging/tabs/tabs.contract.ts`,
      "import '../rooms/index.ts';",
      /contracts and errors run in a browser/,
    ],
    [
      'Node from core',
      'packages/core/src/index.ts',
      "import 'node:fs';",
      /core and contract run in a browser/,
    ],
    [
      'a layer above',
      'packages/contract/src/index.ts',
      "import '@moothall/http';",
      /packages\/contract imports only core/,
    ],
    [
      'an app from a package',
      'packages/lab/src/index.ts',
      "import '@moothall/server';",
      /packages import no app/,
    ],
    [
      'another package by a path',
      'packages/lab/src/index.ts',
      "import '../../platform/src/messaging/rooms/rooms.store.ts';",
      /entered through what its package\.json exports/,
    ],
    [
      'the lab, statically, from the server',
      'apps/server/src/main.ts',
      "import '@moothall/lab';",
      /production never loads the lab/,
    ],
    ['the lab from the platform', `${platform}/index.ts`, "import '@moothall/lab';", /only apps\/server/],
    ['fastify outside packages/http', `${platform}/index.ts`, "import 'fastify';", /fastify is known to/],
    ['kysely in a service', `${platform}/messaging/rooms/index.ts`, "import 'kysely';", /SQL is known to/],
    [
      'only a type of pg in a service',
      `${platform}/messaging/rooms/index.ts`,
      "import type { Pool as P } from 'pg';",
      /SQL is known to/,
    ],
    [
      'the platform from a page',
      'apps/web/src/page.tsx',
      "import '@moothall/platform';",
      /apps\/web runs in a browser: of ours only/,
    ],
    [
      'only a type of the platform in a page',
      'apps/web/src/page.ts',
      "import type { listRooms as List } from '@moothall/platform';",
      /apps\/web runs in a browser: of ours only/,
    ],
    [
      'Node from a page',
      'apps/web/src/page.tsx',
      "import 'node:fs';",
      /apps\/web runs in a browser: nothing of Node/,
    ],
    ['a file that is not there', `${platform}/index.ts`, "import './absent.ts';", /every import resolves/],
  ];
  return lines.map(([what, file, line, finding]) => ({
    gate: 'imports',
    what,
    spoil: (to) => {
      if (line.includes('@moothall/server')) to.link('apps/server');
      if (file.startsWith('apps/web/')) to.write(file, `${line}\n`);
      else to.prepend(file, `${line}\n`);
    },
    finding,
  }));
}

describe('the gates', () => {
  let clean: SmallCheckout;
  beforeAll(() => {
    clean = makeSmallCheckout();
  });
  afterAll(() => clean.remove());

  test('pass a checkout that keeps every rule, and each has a planted failure below', async () => {
    const { code, output } = await check(clean.root);
    expect(output).toMatch(/\n11 passed, 0 failed, 0 skipped\n$/);
    expect(code).toBe(0);
    const gates = [...output.matchAll(/^ok {2}\s+([\w-]+)/gm)].map((match) => match[1]);
    expect(new Set(plants.map((plant) => plant.gate))).toEqual(new Set(gates));
  });

  test('refuse the name of a gate that does not exist', async () => {
    const { code, output } = await check(clean.root, 'beauty');
    expect(output).toContain('No gate beauty; there are types,');
    expect(code).toBe(2);
  });
});

describe.concurrent('a gate fails on', { timeout: 60_000 }, () => {
  test.each(plants)('$gate: $what', async ({ gate, spoil, finding }) => {
    const checkout = makeSmallCheckout();
    try {
      spoil(checkout);
      const { code, output } = await check(checkout.root, gate);
      expect(output).toMatch(finding);
      expect(output).toMatch(/\n0 passed, 1 failed, 0 skipped\n$/);
      expect(code).toBe(1);
    } finally {
      checkout.remove();
    }
  });
});
