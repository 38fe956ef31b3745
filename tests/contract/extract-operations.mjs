/** Writes operations.json: method, path, tier and file of every official operation of tier 1 and 2.
 *  Usage: node tests/contract/extract-operations.mjs [SCOPE_JSON]   (default ../shared/specs/scope.json, or in MOOT_SPECS)
 *  The result is committed, so that the coverage matrix needs no official file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const specs = resolve(here, '../..', process.env.MOOT_SPECS ?? '../shared/specs');
const source = process.argv[2] ?? join(specs, 'scope.json');

/** Base paths of the SDK's internal services, which the list names by placeholders. */
const planes = { '{U2C}': '/u2c/api/v1', '{WDM}': '/wdm/api/v1' };

/** One row may name two paths ("A and B"), and explain a path in parentheses. */
function pathsOf(path) {
  return path
    .replace(/ \(.*\)$/, '')
    .split(' and ')
    .map((one) => one.replace(/^\{(U2C|WDM)\}/, (plane) => planes[plane]));
}

const operations = JSON.parse(readFileSync(source, 'utf8'))
  .filter((row) => row.tier <= 2 && row.dupOf === undefined)
  .flatMap(({ method, path, tier, spec }) => pathsOf(path).map((one) => ({ method, path: one, tier, spec })));

const lines = operations.map((operation) => JSON.stringify(operation)).join(',\n  ');
writeFileSync(join(here, 'operations.json'), `[\n  ${lines}\n]\n`);
process.stdout.write(`operations.json: ${operations.length} operations\n`);
