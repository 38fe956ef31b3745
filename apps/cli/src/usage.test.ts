import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { commands } from './commands.ts';
import { runCli } from './test-support.ts';

const NOWHERE = ['--data', '/nonexistent/moot'];

describe('the command line', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    'helps with %s',
    async (name, command) => {
      const { code, stdout, stderr } = await runCli([...name.split(' '), '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('--json');
      for (const example of command.examples) expect(stdout).toContain(example);
    },
  );

  it.each([
    [['nonsense']],
    [[]],
    [['clock']],
    [['clock', 'advance']],
    [['clock', 'advance', 'soon']],
    [['clock', 'set', 'tomorrow']],
    [['clock', 'show', '--nonsense']],
    [['clock', 'show', 'superfluous']],
    [['token', 'mint']],
    [['token', 'mint', '--person', 'a@b.test', '--expires-in', 'x']],
    [['fault', 'add', '418']],
    [['fault', 'add', 'latency']],
    [['fault', 'add', '503', '--rate', '2']],
    [['trigger', 'toString', '--person', 'a@b.test']],
    [['trigger', 'rooms.created', '--person', 'a@b.test']],
    [['listen', '--forward-to', 'localhost:3000']],
    [['org', 'create', '--name', 'Acme']],
    [['clock', 'show', '--url', 'ftp://host']],
  ])('answers %j with exit code 2 and a remedy on the standard error', async (argv) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.length).toBeGreaterThan(20);
  });

  it('answers 3 when no server is in reach', async () => {
    const none = await runCli(['clock', 'show', ...NOWHERE]);
    expect([none.code, none.stdout]).toEqual([3, '']);
    expect(none.stderr).toContain('npm start');
    const listener = createServer();
    const port = await new Promise<number>((resolve) =>
      listener.listen(0, '127.0.0.1', () => resolve((listener.address() as { port: number }).port)),
    );
    await new Promise((resolve) => listener.close(resolve));
    const gone = await runCli(['clock', 'show', ...NOWHERE], {
      MOOT_URL: `http://127.0.0.1:${port}`,
      MOOT_LAB_KEY: 'k',
    });
    expect([gone.code, gone.stdout]).toEqual([3, '']);
    expect(gone.stderr).toContain(`No server answers at http://127.0.0.1:${port}`);
  });

  it.each([['conform', ['http://127.0.0.1']]])('says of %s that it is not built yet', async (name, rest) => {
    const { code, stdout, stderr } = await runCli([name, ...rest]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('not built yet');
  });

  it('says which key is missing', async () => {
    const { code, stderr } = await runCli(['reset', ...NOWHERE], { MOOT_URL: 'http://127.0.0.1:9' });
    expect(code).toBe(1);
    expect(stderr).toContain('--lab-key');
  });
});
