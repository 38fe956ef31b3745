import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { apiClient, startMailServer, type TestMailServer } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  cleanEnvironment,
  freePort,
  makeFolder,
  repositoryRoot,
  type StartedServer,
  startServer,
} from '../processes/started-server.ts';

const mailPassword = 'a-mail-password-that-no-log-may-show';
const secretKey = 'a-secret-key-that-no-log-may-show';

let folder: { path: string; remove(): Promise<void> };
let data: string;
let mails: TestMailServer;
let server: StartedServer | undefined;
beforeAll(async () => {
  folder = await makeFolder('mail');
  data = join(folder.path, 'data');
  mails = await startMailServer({ password: mailPassword });
});
afterAll(async () => {
  await server?.end('SIGKILL');
  await mails.close();
  await folder.remove();
});

async function moot(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, ['scripts/moot.mjs', ...words, '--data', data, '--json'], {
    cwd: repositoryRoot,
    env: cleanEnvironment({ MOOT_SECRET_KEY: secretKey }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await once(child, 'close');
  return out;
}

async function start(env: Record<string, string> = {}): Promise<StartedServer> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const args = ['--mode', 'production', '--public-url', publicUrl, '--port', String(port), '--data', data];
  server = await startServer(args, {
    env: { MOOT_SECRET_KEY: secretKey, MOOT_LOG_LEVEL: 'debug', ...env },
  });
  return server;
}

async function mailCheck() {
  const { checks } = JSON.parse(await moot('doctor')) as {
    checks: { check: string; status: string; detail: string; remedy?: string }[];
  };
  return checks.find(({ check }) => check === 'mail');
}

describe('mail in production', () => {
  it('is missed aloud where no mail server is set, and kept', async () => {
    const { baseUrl, output, end } = await start();
    expect(output()).toMatch(/^Mail +IS NOT SENT: .* MOOT_SMTP_URL/m);
    await moot('org', 'create', '--name', 'Acme', '--domain', 'acme.test', '--admin-email', 'ada@acme.test');
    await apiClient(baseUrl).post('/idb/api/password-resets', { email: 'ada@acme.test' });
    await vi.waitFor(async () => expect((await mailCheck())?.detail).toContain('1 waiting'), {
      timeout: 30_000,
      interval: 500,
    });
    expect(await mailCheck()).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining('MOOT_SMTP_URL'),
    });
    await end('SIGTERM');
  }, 180_000);

  it('is sent by the built server, with a link that signs in, and without a secret in the log', async () => {
    const smtpUrl = `smtp://moot:${mailPassword}@127.0.0.1:${mails.port}`;
    const { baseUrl, output, end } = await start({
      MOOT_SMTP_URL: smtpUrl,
      MOOT_MAIL_FROM: 'Moothall <moot@acme.test>',
    });
    expect(output()).toContain(`by 127.0.0.1:${mails.port} as Moothall <moot@acme.test>`);
    await apiClient(baseUrl).post('/idb/api/password-resets', { email: 'ada@acme.test' });
    await vi.waitFor(() => expect(mails.mails).toHaveLength(1), { timeout: 20_000 });
    const [mail] = mails.mails;
    expect(mail).toMatchObject({ to: ['ada@acme.test'], user: 'moot' });
    const link = /^http\S+link=\S+$/m.exec(mail!.parts['text/plain']!)![0];
    expect(link.startsWith(`${baseUrl}/account/`)).toBe(true);
    const token = new URL(link).searchParams.get('link')!;
    const redeemed = await apiClient(baseUrl).post('/idb/api/sign-in-links/redeem', { token });
    expect(redeemed.status).toBe(200);
    expect((await mailCheck())?.detail).toContain('1 mails sent');
    await end('SIGTERM');
    for (const secret of [mailPassword, encodeURIComponent(mailPassword), token, secretKey])
      expect(output()).not.toContain(secret);
  }, 180_000);
});
