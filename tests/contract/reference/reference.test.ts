import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { checkCoverage, officialRows } from '../coverage-matrix.ts';
import { allOperations, coverageOf } from './operations.ts';
import { referencePages } from './pages.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The page of criteria tells of results; it has a test of its own. */
const ofResults = 'criteria.md';

it.each(Object.entries(referencePages(manifest.version)).filter(([name]) => name !== ofResults))(
  'docs/reference/%s is current; else run npm run docs:reference',
  (name, text) => {
    expect(readFileSync(`${root}docs/reference/${name}`, 'utf8') === text).toBe(true);
  },
);

it('claims no coverage that is not there', () => {
  expect(checkCoverage(allOperations.map(coverageOf), officialRows, root)).toEqual([]);
});
