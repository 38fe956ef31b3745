import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  checkCoverage,
  type OfficialRow,
  type OurOperation,
  officialRows,
  renderCoverage,
} from './coverage-matrix.ts';
import { loadOfficial } from './official-schemas.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const thisFile = 'tests/contract/coverage-matrix.test.ts';

const official: OfficialRow[] = [
  { method: 'GET', path: '/rooms', tier: 1, spec: 'messaging' },
  { method: 'GET', path: '/rooms/{roomId}', tier: 1, spec: 'messaging' },
  { method: 'GET', path: '/room/tabs', tier: 2, spec: 'messaging' },
  { method: 'GET', path: '/roles', tier: 1, spec: 'admin' },
  { method: '*', path: '/my-apps', tier: 1, spec: 'extra:portal' },
];
const listRooms: OurOperation = {
  id: 'rooms.list',
  method: 'GET',
  path: '/v1/rooms',
  status: 'done',
  testedBy: [thisFile],
};
const getRoom: OurOperation = {
  id: 'rooms.get',
  method: 'get',
  path: '/v1/rooms/:id',
  status: 'partial',
  note: 'no a|b',
  testedBy: [thisFile],
};

describe('coverage matrix', () => {
  it('renders every official operation with status, tests and counts', () => {
    const text = renderCoverage([listRooms, getRoom], official);
    expect(text).toContain(`| \`GET /rooms\` | 1 | done | ${thisFile} |  |`);
    expect(text).toContain(`| \`GET /rooms/{roomId}\` | 1 | partial | ${thisFile} | no a\\|b |`);
    expect(text).toContain('| `GET /room/tabs` | 2 | not built |  |  |');
    expect(text).toContain('| **tier 1** | 1 | 1 | 2 | 4 |');
    expect(text).toContain('| tier 2 messaging | 0 | 0 | 1 | 1 |');
    expect(text).toContain('| **all** | 1 | 1 | 3 | 5 |');
    expect(text).not.toContain('## Extensions');
  });

  it('shows extensions apart and lets any method stand for a page', () => {
    const own: OurOperation = { ...listRooms, id: 'x', path: '/v1/extra', extension: true };
    const page: OurOperation = { ...listRooms, id: 'portal', path: '/my-apps' };
    const text = renderCoverage([own, page], official);
    expect(text).toContain(`## Extensions`);
    expect(text).toContain('| `GET /v1/extra` | done |');
    expect(text).toContain('| `* /my-apps` | 1 | done |');
    expect(checkCoverage([own, page], official, root)).toEqual([]);
  });

  it('accepts sound claims', () => {
    expect(checkCoverage([listRooms, getRoom], official, root)).toEqual([]);
  });

  it.each<[string, OurOperation[], string]>([
    ['an invented operation', [{ ...listRooms, path: '/v1/halls' }], 'not official'],
    ['an official operation called extension', [{ ...listRooms, extension: true }], 'is official'],
    [
      'a duplicate',
      [getRoom, { ...getRoom, id: 'rooms.get2', path: '/v1/rooms/{id}' }],
      'claimed by rooms.get too',
    ],
    ['an id used twice', [listRooms, { ...getRoom, id: 'rooms.list' }], 'used twice'],
    ['a missing test file', [{ ...listRooms, testedBy: ['tests/absent.test.ts'] }], 'does not exist'],
    ['done without tests', [{ ...listRooms, testedBy: [] }], 'testedBy is empty'],
  ])('finds %s', (_what, ours, problem) => {
    expect(checkCoverage(ours, official, root)).toEqual([expect.stringContaining(problem)]);
  });

  it('prints from the command line and fails on problems', () => {
    const dir = mkdtempSync(join(tmpdir(), 'coverage-'));
    const file = join(dir, 'ours.json');
    const print = () =>
      execFileSync(process.execPath, ['tests/contract/print-coverage.mjs', file], {
        cwd: root,
        stdio: 'pipe',
      }).toString();
    try {
      writeFileSync(file, JSON.stringify([listRooms]));
      expect(print()).toContain(`| \`GET /rooms\` | 1 | done | ${thisFile} |  |`);
      writeFileSync(file, JSON.stringify([{ ...listRooms, testedBy: [] }]));
      expect(print).toThrow('testedBy is empty');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('committed list of operations', () => {
  it('holds each operation of tier 1 and 2 once', () => {
    const keys = officialRows.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(officialRows.filter((row) => row.tier === 1).length).toBe(84);
    expect(officialRows.every((row) => /^\/[^ ]*$/.test(row.path))).toBe(true);
  });

  it.skipIf(!loadOfficial())('agrees with the official files (needs them)', () => {
    const wanted = loadOfficial()
      ?.operations()
      .filter((row) => row.tier <= 2 && !row.spec.startsWith('extra'))
      .map(({ method, path, tier, spec }) => ({ method, path, tier, spec }));
    expect(officialRows.filter((row) => !row.spec.startsWith('extra'))).toEqual(wanted);
  });
});
