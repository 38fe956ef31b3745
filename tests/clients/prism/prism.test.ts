import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registry } from '@moothall/platform';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const specs = resolve(root, process.env.MOOT_SPECS ?? '../shared/specs');
const hasSpecs = existsSync(join(specs, 'webex-messaging.json'));
const operationCount = 41;

type Row = { operation: string; verdict: string; details: string[] };

describe('Prism 5.14 as a validating proxy with the official description', () => {
  let server: RunningServer;
  let rows: Row[] = [];

  beforeAll(async () => {
    if (!hasSpecs) return;
    server = await startServer();
    const roles = { user: 'ben', other: 'dora', admin: 'ada', compliance: 'cleo' };
    const tokens = Object.entries(roles).map(([role, key]) => [role, server.token(key)]);
    const argument = JSON.stringify(Object.fromEntries(tokens));
    rows = parseRows(await runScript('run.mjs', server.baseUrl, argument));
  }, 180_000);

  afterAll(async () => {
    await server?.stop();
  }, 120_000);

  function needsSpecs(context: TestContext): void {
    if (!hasSpecs) context.skip(`no official description in ${specs}; set MOOT_SPECS to its folder`);
  }

  it('lets every reply of an operation that is built pass', (context) => {
    needsSpecs(context);
    expect(rows.filter((row) => isBuilt(row.operation) && row.verdict !== 'passed')).toEqual([]);
    expect(rows.filter((row) => row.verdict === 'passed').length).toBeGreaterThanOrEqual(operationCount - 2);
  });

  it('finds deviations where they are planted', { timeout: 60_000 }, async (context) => {
    needsSpecs(context);
    expect(await runScript('self-check.mjs')).toMatch(/^2 passed, 0 failed, 0 skipped$/m);
  });

  it('tries every messaging operation of tier 1, and passes none that is not built', (context) => {
    needsSpecs(context);
    expect(rows).toHaveLength(operationCount);
    expect(rows.filter((row) => !isBuilt(row.operation) && row.verdict === 'passed')).toEqual([]);
  });
});

async function runScript(name: string, ...args: string[]): Promise<string> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, MOOT_SPECS: specs },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  return output;
}

/** A line per operation, followed by indented lines of details. */
function parseRows(output: string): Row[] {
  const found: Row[] = [];
  for (const line of output.split('\n')) {
    const head = /^(passed|failed|skipped) +([A-Z]+ \/\S*) \(/.exec(line);
    if (head) found.push({ verdict: head[1]!, operation: head[2]!, details: [] });
    else if (line.startsWith('        ')) found.at(-1)?.details.push(line.trim());
  }
  return found;
}

function isBuilt(operation: string): boolean {
  const [method, path] = operation.split(' ') as [string, string];
  const form = (text: string) => text.replace(/^\/v1(?=\/)/, '').replace(/\{[^}]*\}|:[^/]+/g, '{}');
  return registry.some((slice) =>
    slice.operations.some((own) => own.method.toUpperCase() === method && form(own.path) === form(path)),
  );
}
