import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const children: ChildProcess[] = [];
let folder: string;

/** Code blocks of the README by their language. */
async function blocks(language: string): Promise<string[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const fenced = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm');
  return [...readme.matchAll(fenced)].map(([, indent, code]) =>
    code!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** Starts a process and waits until its output matches. */
async function start(
  args: string[],
  env: NodeJS.ProcessEnv,
  until: RegExp,
): Promise<{ found: RegExpExecArray; output(): string }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  for await (const chunk of child.stdout!) {
    text += String(chunk);
    const found = until.exec(text);
    if (found) {
      child.stdout!.resume();
      return { found, output: () => text };
    }
  }
  throw new Error(`it ended before ${until}:\n${text}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moot-readme-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  for (const child of children.filter(({ exitCode }) => exitCode === null)) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

it("the README's first bot answers a mention in the demo world", async () => {
  const server = await start(
    ['scripts/start.mjs', '--port', '0', '--data', join(folder, 'data')],
    {},
    /^ready (\S+)$/m,
  );
  const baseUrl = server.found[1]!;
  const tokenOf = (address: string) =>
    new RegExp(`${address}.*\\s(\\S+_P0A1_\\S+)$`, 'm').exec(server.output())![1]!;
  const [bot] = await blocks('js');
  const file = join(folder, 'bot.mjs');
  await writeFile(file, bot!.replaceAll('9000', String(await freePort())));
  await start([file], { MOOT: baseUrl, BOT_TOKEN: tokenOf('echo@webex.bot') }, /Echo listens/);

  const shell = (await readFile(join(root, 'README.md'), 'utf8')).match(
    /^ {3}export MOOT=[\s\S]*?^ {3}```/m,
  )![0];
  const commands = shell
    .replace(/```/, '')
    .replace(/export MOOT=.*/, '')
    .replace('alias as=', 'shopt -s expand_aliases\nalias as=');
  const env = { ...process.env, MOOT: baseUrl, TOKEN: tokenOf('ada@acme.test') };
  await promisify(execFile)('bash', ['-e', '-c', `${commands}\necho`], { env });

  const { api } = { api: apiClient(baseUrl, tokenOf('ada@acme.test')) };
  const { body } = await api.get('/rooms?max=1000');
  const room = body.items.find(({ title }: { title: string }) => title === 'First bot');
  await expect
    .poll(async () => (await api.get(`/messages?roomId=${room.id}`)).body.items[0].text)
    .toBe('You said: Echo hello');
}, 120_000);
