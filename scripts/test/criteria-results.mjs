import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where the last results of tests that carry the id of a criterion (F1 to F101) are kept, beside the checkout's
 * other caches: `{ "F9": { "path/of.test.ts": "passed" } }`.
 * @param {string} root checkout
 * @returns {string} path of the file
 */
function criteriaFile(root) {
  return join(root, '.cache', 'criteria.json');
}

/**
 * The last results; empty before the first run.
 * @param {string} root checkout
 * @returns {Record<string, Record<string, 'passed' | 'failed'>>} criterion to test file to result
 */
export function readCriteria(root) {
  const file = criteriaFile(root);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * Puts the results of a run in place of those that its files had before; a file with one failure has failed.
 * @param {string} root checkout
 * @param {{ran: string[], results: {id: string, file: string, state: 'passed' | 'failed'}[]}} run what ran
 */
export function writeCriteria(root, { ran, results }) {
  const all = readCriteria(root);
  for (const files of Object.values(all)) for (const file of ran) delete files[file];
  for (const { id, file, state } of results) {
    all[id] ??= {};
    if (all[id][file] !== 'failed') all[id][file] = state;
  }
  mkdirSync(dirname(criteriaFile(root)), { recursive: true });
  writeFileSync(criteriaFile(root), JSON.stringify(all));
}

/** Ids of criteria in the full name of a test; `F35 to F38` names each between. */
export function criteriaIn(name) {
  const ids = new Set(Array.from(name.matchAll(/\bF(\d{1,3})\b/g), ([id]) => id));
  for (const [, first, last] of name.matchAll(/\bF(\d{1,3}) to F(\d{1,3})\b/g))
    for (let number = Number(first); number <= Number(last); number++) ids.add(`F${number}`);
  return [...ids].filter((id) => Number(id.slice(1)) >= 1 && Number(id.slice(1)) <= 101);
}
