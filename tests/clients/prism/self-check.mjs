/** Proves that run.mjs can both pass and fail: runs it against a loopback server that answers the official examples, once
 *  as they are and once with deviations planted, one of which is a known defect of the description.
 *  Usage: node tests/clients/prism/self-check.mjs   (skipped without the official description) */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const specPath = join(resolve(root, process.env.MOOT_SPECS ?? '../shared/specs'), 'webex-messaging.json');
const runner = fileURLToPath(new URL('run.mjs', import.meta.url));
const tokens = JSON.stringify({ user: 'a', other: 'b', admin: 'c', compliance: 'd' });

const planted = {
  'get /rooms/{roomId}': { isLocked: 'yes' },
  'get /attachment/actions/{id}': { inputs: { Name: 5 } },
};
const cases = [
  { name: 'official examples pass', changes: {}, expected: ['41 passed, 0 failed, 0 skipped'] },
  {
    name: 'planted deviations are told apart',
    changes: planted,
    expected: [
      '40 passed, 1 failed, 0 skipped',
      'failed  GET /rooms/{roomId}',
      'known defect: response.body.inputs.Name',
    ],
  },
];

if (!existsSync(specPath)) {
  process.stdout.write(`0 passed, 0 failed, ${cases.length} skipped\n`);
} else {
  const { paths } = JSON.parse(readFileSync(specPath, 'utf8'));
  let failed = 0;
  for (const one of cases) failed += (await check(paths, one)) ? 0 : 1;
  process.stdout.write(`${cases.length - failed} passed, ${failed} failed, 0 skipped\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function check(paths, { name, changes, expected }) {
  const server = createServer((request, response) => answer(paths, changes, request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const output = await runAgainst(`http://127.0.0.1:${server.address().port}`);
  server.close();
  const isRight = expected.every((text) => output.includes(text));
  process.stdout.write(`${isRight ? 'passed' : 'failed'}  ${name}\n${isRight ? '' : output}`);
  return isRight;
}

async function runAgainst(baseUrl) {
  const child = spawn(process.execPath, [runner, baseUrl, tokens], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await once(child, 'close');
  return output;
}

function answer(paths, changes, request, response) {
  request.resume();
  const method = request.method.toLowerCase();
  const template = templateOf(paths, request.url.split('?')[0].replace(/^\/v1/, ''), method);
  const status = method === 'delete' ? 204 : 200;
  const media = Object.values(paths[template]?.[method].responses[status].content ?? {})[0];
  const body = media && JSON.stringify({ ...media.example, ...changes[`${method} ${template}`] });
  const headers = { 'content-type': 'application/json;charset=UTF-8', trackingid: 'ROUTER_SELF_CHECK' };
  response.writeHead(template ? status : 404, headers).end(body);
}

/** The template with the fewest parameters that fits. */
function templateOf(paths, path, method) {
  const fits = (template) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
  const candidates = Object.keys(paths).filter((template) => fits(template) && paths[template][method]);
  return candidates.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}
