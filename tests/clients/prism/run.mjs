/** Puts Stoplight Prism as a validating proxy before a running server and drives the messaging operations of tier 1
 *  through it. Each operation passes when every reply has the expected status and no violation.
 *  Usage: node tests/clients/prism/run.mjs BASE_URL TOKENS_JSON
 *    BASE_URL     of the server, with or without /v1
 *    TOKENS_JSON  an object, or a file that holds one: {"user": T, "other": T, "admin": T, "compliance": T};
 *                 operations of a role without a token are skipped
 *  The official description is read from ../shared/specs beside the checkout, or from MOOT_SPECS; without it
 *  everything is skipped. Exits 1 when an operation failed. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { driveMessaging } from './drive.mjs';
import { startPrism } from './prism-process.mjs';
import { Recorder } from './recorder.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const specPath = join(resolve(root, process.env.MOOT_SPECS ?? '../shared/specs'), 'webex-messaging.json');
const operationCount = 41;

const [baseUrl, tokensArgument] = process.argv.slice(2);
if (!baseUrl || !tokensArgument) {
  process.stderr.write('Usage: node tests/clients/prism/run.mjs BASE_URL TOKENS_JSON\n');
  process.exit(2);
}
if (!existsSync(specPath)) {
  print(`skipped: no official description at ${specPath}; set MOOT_SPECS to its folder`);
  print(`0 passed, 0 failed, ${operationCount} skipped`);
} else {
  const rows = await drive(`${baseUrl.replace(/(\/v1)?\/*$/, '')}/v1`);
  process.exitCode = report(rows) > 0 ? 1 : 0;
}

async function drive(upstreamUrl) {
  const prism = await startPrism(specPath, upstreamUrl);
  try {
    const recorder = new Recorder(prism.baseUrl, readTokens(tokensArgument));
    await driveMessaging(recorder);
    return recorder.rows;
  } finally {
    await prism.stop();
  }
}

function readTokens(argument) {
  return JSON.parse(argument.trimStart().startsWith('{') ? argument : readFileSync(argument, 'utf8'));
}

/** Prints one line per operation, then the totals as the last line; returns the number of failures. */
function report(rows) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [operation, row] of rows) {
    const verdict = row.problems.length > 0 ? 'failed' : row.calls > 0 ? 'passed' : 'skipped';
    counts[verdict] += 1;
    print(`${verdict.padEnd(7)} ${operation} (${row.calls} calls, ${row.problems.length} problems)`);
    if (verdict === 'skipped') print(`        ${row.skipped}`);
    for (const problem of row.problems) print(`        ${problem}`);
    for (const defect of row.defects) print(`        known defect: ${defect}`);
  }
  print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
