import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, isShared, readConfig, usage } from './config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moot-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function problems(argv: string[], env: Record<string, string> = {}): readonly string[] {
  try {
    readConfig(argv, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration of a server', () => {
  it('has defaults, which variables override, which options override', () => {
    expect(readConfig([], {})).toMatchObject({ port: 7080, host: '127.0.0.1', mode: 'lab', demo: true });
    const config = readConfig(['--port', '0', '--no-demo'], { MOOT_PORT: '9', MOOT_HOST: '::1' });
    expect(config).toMatchObject({ port: 0, host: '::1', demo: false });
  });

  it('lists every mistake, naming the setting and the form', () => {
    const env = {
      MOOT_NONSENSE: '1',
      MOOT_MODE: 'staging',
      MOOT_BEHAVIOUR: 'x',
      MOOT_LIMITS: 'request.rate=600,no.such=3,message.edits=many',
      MOOT_TRUSTED_PROXIES: '10.0.0.0/8,proxy.example,10.0.0.0/40',
      MOOT_OUTBOUND_ALLOW: 'hooks.example,fd00::/8,???',
      MOOT_TLS_CERT: join(folder, 'absent.pem'),
    };
    expect(problems(['--port', 'abc'], env)).toEqual([
      'MOOT_NONSENSE: there is no such setting',
      'MOOT_PORT (--port): expected a port from 0 to 65535',
      'MOOT_MODE (--mode): expected lab or production',
      'MOOT_BEHAVIOUR (--behaviour): expected faq or cloud',
      "MOOT_TRUSTED_PROXIES: 'proxy.example' is no address or range such as 10.0.0.0/8",
      "MOOT_TRUSTED_PROXIES: '10.0.0.0/40' is no address or range such as 10.0.0.0/8",
      "MOOT_OUTBOUND_ALLOW: '???' is no host name, address or range such as 10.0.0.0/8",
      expect.stringMatching(/^MOOT_TLS_CERT: it cannot be read: ENOENT/),
      "MOOT_LIMITS: there is no limit 'no.such' in the ledger of limits",
      "MOOT_LIMITS: 'message.edits=many': expected name=number, comma separated",
    ]);
  });

  it('takes NATS for several processes only, and shows no password of it', () => {
    const shared = { MOOT_DATABASE_URL: 'postgres://moot@db/moot', MOOT_SECRET_KEY: 'a key for these tests' };
    for (const url of ['nats://nats.example', 'tls://moot:word@nats.example:4222/', 'nats://[::1]:4222']) {
      const config = readConfig([], { ...shared, MOOT_NATS_URL: url });
      expect(config.natsUrl).toBe(url);
      expect(isShared(config)).toBe(true);
      expect(describeConfig(config).MOOT_NATS_URL).toBe('***');
    }
    expect(isShared(readConfig([], shared))).toBe(false);
    for (const url of [
      'nats.example:4222',
      'http://nats.example',
      'nats://',
      'nats://a/b',
      'nats://%zz@a',
      'nats://a,nats://b',
    ])
      expect(problems([], { ...shared, MOOT_NATS_URL: url })).toEqual([
        'MOOT_NATS_URL: expected a URL such as nats://user:password@host:4222 or tls://host:4222',
      ]);
    expect(problems([], { MOOT_NATS_URL: 'nats://nats.example' })).toEqual([
      'MOOT_NATS_URL: it is for several processes, which need MOOT_DATABASE_URL; leave it out',
    ]);
    const withoutKey = { MOOT_DATABASE_URL: shared.MOOT_DATABASE_URL, MOOT_NATS_URL: 'nats://nats.example' };
    expect(problems([], withoutKey)).toEqual([expect.stringMatching(/^MOOT_SECRET_KEY: required/)]);
  });

  it('refuses a certificate that is none', () => {
    const file = join(folder, 'cert.pem');
    writeFileSync(file, 'not PEM');
    expect(problems([], { MOOT_TLS_CERT: file, MOOT_TLS_KEY: file })).toEqual([
      expect.stringMatching(/^MOOT_TLS_CERT, MOOT_TLS_KEY: no certificate with its key/),
    ]);
  });

  it('asks for one secret key where several processes share a world', () => {
    const env = { MOOT_DATABASE_URL: 'postgres://moot@db/moot' };
    const wanted = [expect.stringMatching(/^MOOT_SECRET_KEY: required with MOOT_DATABASE_URL/)];
    expect(problems(['--services', 'api'], env)).toEqual(wanted);
    expect(problems(['--mode', 'production', '--public-url', 'https://moot.example'], env)).toEqual(wanted);
    expect(problems(['--services', 'api'], { ...env, MOOT_SECRET_KEY: '0123456789abcdef' })).toEqual([]);
    expect(problems(['--services', 'api'])).toEqual([expect.stringMatching(/^MOOT_SERVICES/)]);
  });

  it('asks for the sender of mails, and repeats no password of the mail server', () => {
    const smtpUrl = 'smtp://moot:hidden-word@mail.test';
    expect(problems([], { MOOT_SMTP_URL: smtpUrl })).toEqual([
      expect.stringMatching(/^MOOT_MAIL_FROM: required with MOOT_SMTP_URL/),
    ]);
    expect(problems([], { MOOT_SMTP_URL: `${smtpUrl}:99999`, MOOT_MAIL_FROM: 'nobody' })).toEqual([
      'MOOT_SMTP_URL: expected smtp://user:password@host:port or smtps://host',
      "MOOT_MAIL_FROM: expected an address such as 'Moothall <moot@example.com>'",
    ]);
    const config = readConfig([], { MOOT_SMTP_URL: smtpUrl, MOOT_MAIL_FROM: 'moot@acme.test' });
    expect(JSON.stringify(describeConfig(config))).not.toContain('hidden-word');
  });

  it('ignores the key of the lab in production', () => {
    const argv = ['--mode', 'production', '--public-url', 'https://moot.example/'];
    expect(readConfig(argv, { MOOT_LAB_KEY: 'a-key' })).toMatchObject({ publicUrl: 'https://moot.example' });
  });

  it('tells its options', () => {
    expect(usage()).toContain('--services ');
    expect(usage()).toContain('--no-demo');
  });
});
