import './node-version.mjs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { inParallel } from './child-process.mjs';
import { ensureInstalled } from './install.mjs';
import { repositoryRoot } from './root.mjs';
import { tallyLine } from './tally.mjs';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, root: { type: 'string', default: repositoryRoot } },
});
const shownFindings = 40;

await ensureInstalled({ dev: true });
const { gates } = await import('./gates/all.mjs');
const chosen = choose(options.only);
const results = await inParallel(
  chosen.map((gate) => () => passes(gate)),
  Math.max(2, availableParallelism()),
);
const failed = results.filter((passed) => !passed).length;
console.log(tallyLine({ passed: results.length - failed, failed, skipped: 0 }));
process.exitCode = failed > 0 ? 1 : 0;

function choose(only) {
  if (only === undefined) return gates;
  const names = only.split(',');
  const unknown = names.filter((name) => !gates.some((gate) => gate.name === name));
  if (unknown.length > 0) {
    console.error(`No gate ${unknown.join(', ')}; there are ${gates.map((gate) => gate.name).join(', ')}.`);
    process.exit(2);
  }
  return gates.filter((gate) => names.includes(gate.name));
}

async function passes(gate) {
  const startedMs = performance.now();
  const findings = await gate.run(options.root).catch((error) => [String(error.stack ?? error)]);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${gate.name.padEnd(10)} ${seconds} s`);
  for (const line of findings.slice(0, shownFindings)) console.log(`     ${line}`);
  if (findings.length > shownFindings) console.log(`     and ${findings.length - shownFindings} lines more`);
  return findings.length === 0;
}
