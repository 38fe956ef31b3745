import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticallyLoaded } from '../architecture/statically-loaded.ts';
import {
  cleanEnvironment,
  freePort,
  makeFolder,
  repositoryRoot,
  type StartedServer,
  startServer,
} from '../processes/started-server.ts';

const labKey = 'the-key-of-the-lab';
const labToken = 'YWRh_P0A1_7b0f3a52-0000-7000-8000-00000000ac3e';

let folder: { path: string; remove(): Promise<void> };
beforeAll(async () => {
  folder = await makeFolder('lab-absent');
});
afterAll(() => folder.remove());

function statusOf(
  baseUrl: string,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(baseUrl, { method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Files that every start loads: what the entry needs, and what it loads while the database opens. */
function alwaysLoaded(dist: string): Set<string> {
  const first = staticallyLoaded(dist, 'main.cjs');
  const code = [...first].map((name) => readFileSync(join(dist, name), 'utf8')).join('\n');
  const serve = /require\("\.\/(serve-[^"]+)"\)/.exec(code)?.[1];
  if (serve === undefined) throw new Error('the entry does not load what serves');
  return staticallyLoaded(dist, serve, first);
}

describe('F100: the lab in production', () => {
  let server: StartedServer;
  beforeAll(async () => {
    const data = join(folder.path, 'data');
    const lab = await startServer(['--port', '0', '--data', data], { env: { MOOT_LAB_KEY: labKey } });
    expect(await statusOf(lab.baseUrl, 'GET', '/lab/v1/clock', { authorization: `Bearer ${labKey}` })).toBe(
      200,
    );
    expect((await lab.end('SIGTERM')).code).toBe(0);
    const port = String(await freePort());
    const args = [
      '--mode',
      'production',
      '--public-url',
      `http://127.0.0.1:${port}`,
      '--port',
      port,
      '--data',
      data,
    ];
    server = await startServer(args, { env: { MOOT_LAB_KEY: labKey } });
  }, 120_000);
  afterAll(() => server?.end('SIGTERM'));

  const paths = [
    '/lab',
    '/lab/',
    '/lab/v1',
    '/lab/v1/clock',
    '/lab/v1/clock?mode=lab',
    '//lab//v1/clock',
    '/LAB/v1/clock',
    '/v1/../lab/v1/clock',
    '/lab%2Fv1%2Fclock',
    '/lab/v1/clock/advance',
    '/lab/v1/tokens',
    '/lab/v1/faults',
    '/lab/v1/reset',
    '/lab/v1/idle',
    '/lab/v1/snapshots',
    '/lab/v1/why/ROUTER_X',
  ];
  const callers: Record<string, string>[] = [
    {},
    { authorization: `Bearer ${labKey}` },
    { authorization: `Bearer ${labToken}` },
    { authorization: `Bearer ${labKey}`, host: 'localhost', 'x-forwarded-for': '127.0.0.1' },
    { host: 'lab.example', 'x-forwarded-proto': 'https', 'x-moot-mode': 'lab' },
    { origin: 'http://127.0.0.1', 'access-control-request-method': 'POST' },
  ];

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'is nowhere for %s, whoever asks for it, even on data that a lab has left',
    async (method) => {
      for (const path of paths)
        for (const headers of callers)
          expect([method, path, headers, await statusOf(server.baseUrl, method, path, headers)]).toEqual([
            method,
            path,
            headers,
            404,
          ]);
    },
  );

  it('says so as it says it of any other path', async () => {
    const read = async (path: string) =>
      (await fetch(server.baseUrl + path)).json() as Promise<{ message: string }>;
    expect((await read('/lab/v1/clock')).message).toBe((await read('/nothing/v1/clock')).message);
  });
});

describe('the code of the lab (F100)', () => {
  it('is not needed by production: it starts without those files', { timeout: 120_000 }, async () => {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: repositoryRoot, stdio: 'pipe' });
    const root = join(folder.path, 'without-lab');
    const dist = join(root, 'apps', 'server', 'dist');
    mkdirSync(dist, { recursive: true });
    cpSync(join(repositoryRoot, 'apps', 'server', 'dist'), dist, { recursive: true });
    const pages = join('apps', 'web', 'dist');
    cpSync(join(repositoryRoot, pages), join(root, pages), { recursive: true });
    cpSync(join(repositoryRoot, 'package.json'), join(root, 'package.json'));
    symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
    const needed = alwaysLoaded(dist);
    const left = readdirSync(dist).filter((name) => name.endsWith('.cjs') && !needed.has(name));
    const holdsLab = (name: string) => readFileSync(join(dist, name), 'utf8').includes('/lab/v1');
    expect(left.some(holdsLab)).toBe(true);
    for (const name of left) rmSync(join(dist, name));

    const port = String(await freePort());
    const data = join(folder.path, 'data-without-lab');
    const args = [
      '--mode',
      'production',
      '--public-url',
      `http://127.0.0.1:${port}`,
      '--port',
      port,
      '--data',
      data,
    ];
    const loader = pathToFileURL(join(repositoryRoot, 'scripts', 'load-bundle.mjs')).href;
    const entry = JSON.stringify(join(dist, 'main.cjs'));
    const script = `import('${loader}').then((it) => it.loadBundle(${entry}).main(process.argv.slice(1)))`;
    const child = spawn(process.execPath, ['-e', script, '--', ...args], {
      env: cleanEnvironment(),
      stdio: 'pipe',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const ended = once(child, 'exit');
    while (!/^ready /m.test(output) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(output).toMatch(/^ready /m);
    expect(await statusOf(`http://127.0.0.1:${port}`, 'GET', '/readyz', {})).toBe(200);
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });
});
