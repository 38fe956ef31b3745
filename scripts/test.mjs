import './node-version.mjs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { inParallel } from './child-process.mjs';
import { ensureInstalled } from './install.mjs';
import { repositoryRoot as root } from './root.mjs';
import { sumTallies, tallyLine } from './tally.mjs';
import { clientFolders, installClient, runClientTest } from './test/clients.mjs';
import { runVitest } from './test/vitest-suite.mjs';

const filters = process.argv.slice(2);
const installedAtOnce = 2;

const { installed, sizeMegabytes } = await ensureInstalled({ dev: true });
if (installed) console.log(`installed, ${sizeMegabytes} MB`);
const buildError = await ensureBuilt().then(
  () => undefined,
  (error) => error.message,
);

const clients = clientFolders(root).filter(isSelected);
const [installErrors, ownTally] = await Promise.all([
  inParallel(
    clients.map((client) => () => installClient(client)),
    installedAtOnce,
  ),
  runVitest(root, 'main', filters),
]);
const total = sumTallies([ownTally, ...(await runClients(installErrors))]);
if (buildError !== undefined) {
  console.log(`failed: the build: ${buildError}`);
  total.failed += 1;
}
if (total.passed + total.failed + total.skipped === 0) {
  console.log(`failed: no test matches ${filters.join(' ')}`);
  total.failed = 1;
}
console.log(tallyLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;

async function runClients(errors) {
  const tallies = [];
  const ready = [];
  for (const [index, client] of clients.entries()) {
    if (errors[index] === undefined) ready.push(client);
    else {
      console.log(`failed: tests/clients/${client.name}: ${errors[index]}`);
      tallies.push({ passed: 0, failed: 1, skipped: 0 });
    }
  }
  tallies.push(await runVitest(root, 'clients', filters));
  tallies.push(await runVitest(root, 'browser', filters));
  if (filters.length > 0) return tallies;
  for (const client of ready) if (client.hasOwnTest) tallies.push(await runClientTest(client));
  return tallies;
}

/** Without filters every client runs; with them, those with a file, or with tests elsewhere, whose path holds one. */
function isSelected({ name, usedBy }) {
  if (filters.length === 0) return true;
  const paths = [join('tests', 'clients', name), ...usedBy].flatMap(filesOf);
  return filters.some((filter) => paths.some((path) => path.includes(filter)));
}

function filesOf(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((file) => join(folder, file.name));
}
