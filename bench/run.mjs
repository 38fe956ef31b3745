// Runs benchmarks: node bench/run.mjs [name...]. Each prints its figures and, last, its ratios against their targets.
const names = [
  'post',
  'group-commit',
  'authentication',
  'revocation',
  'list',
  'webhooks',
  'fan-out',
  'fan-out-processes',
  'sockets',
  'start',
  'lab',
  'guests',
  'sign-in',
];
const asked = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  process.exit(2);
}

let missed = 0;
for (const name of asked.length > 0 ? asked : names) {
  console.log(`\n== ${name}`);
  const { run } = await import(`./${name}.mjs`);
  for (const { what, ratio, atLeast, atMost } of await run()) {
    const met = (atLeast === undefined || ratio >= atLeast) && (atMost === undefined || ratio <= atMost);
    if (!met) missed += 1;
    const target = atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`;
    console.log(`ratio ${what}: ${ratio.toFixed(2)} (target ${target}) ${met ? 'met' : 'MISSED'}`);
  }
}
process.exitCode = missed > 0 ? 1 : 0;
