/** Prints the coverage matrix as Markdown; with problems, prints those instead and exits 1.
 *  Usage: node tests/contract/print-coverage.mjs [OURS_JSON]   (an array of our operations; without it, none is built)
 *  Run it from the root of the repository: test files are looked for from there. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const input = fileURLToPath(new URL('coverage-matrix.ts', import.meta.url));
const bundle = await rolldown({ input, platform: 'node' });
const { output } = await bundle.generate({ format: 'esm' });
const code = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`;
const { checkCoverage, officialRows, renderCoverage } = await import(code);

const file = process.argv[2];
const ours = file ? JSON.parse(readFileSync(file, 'utf8')) : [];
const problems = checkCoverage(ours, officialRows);
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(renderCoverage(ours, officialRows));
}
