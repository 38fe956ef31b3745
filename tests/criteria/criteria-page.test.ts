import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { criteria } from './criteria.data.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rows = readFileSync(`${root}docs/reference/criteria.md`, 'utf8')
  .split('\n')
  .filter((line) => /^\| F\d/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));

/** The ids that a test file speaks of; `F35 to F38` names each between. */
function idsIn(text: string): Set<string> {
  const ids = new Set(text.match(/\bF\d{1,3}\b/g));
  for (const [, first, last] of text.matchAll(/\bF(\d{1,3}) to F(\d{1,3})\b/g))
    for (let number = Number(first); number <= Number(last); number++) ids.add(`F${number}`);
  return ids;
}

describe('F101: the page of criteria', () => {
  it('has every rule, in order; else run npm run docs:reference after npm test', () => {
    expect(rows.map(([, id, question, rule]) => ({ id, question, rule }))).toEqual(
      criteria.map(({ id, question, rule }) => ({ id, question, rule })),
    );
    expect(criteria).toHaveLength(101);
  });

  it('names tests that exist and carry the id of their rule', () => {
    const wrong = rows.flatMap(([, id, , , tests = '']) =>
      Array.from(tests.matchAll(/\]\(\.\.\/\.\.\/([^)]+)\)/g), ([, file]) => file!)
        .filter((file) => !existsSync(root + file) || !idsIn(readFileSync(root + file, 'utf8')).has(id!))
        .map((file) => `${id}: ${file}`),
    );
    expect(wrong).toEqual([]);
  });

  it('claims a result for nothing that has no test', () => {
    for (const [, id, , , tests, result] of rows) {
      expect(result, id).toMatch(/^(passed|passed in part; lacks .+|failed|no test yet)$/);
      expect(result === 'no test yet', id).toBe(tests === '');
    }
  });
});
