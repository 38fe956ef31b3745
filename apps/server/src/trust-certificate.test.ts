import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTestCertificate } from '@moothall/http/test-certificate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { readTrustCertificate, trustProblem } from './trust-certificate.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'moot-tls-port-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

/** A data folder as `moot trust` leaves it. */
async function dataFolder(name: string, pair: { cert: string; key: string }): Promise<string> {
  const data = join(parent, name);
  await mkdir(join(data, 'trust'), { recursive: true });
  await writeFile(join(data, 'trust', 'server.pem'), pair.cert);
  await writeFile(join(data, 'trust', 'server-key.pem'), pair.key);
  return data;
}

function problems(argv: readonly string[]): readonly string[] {
  try {
    readConfig(argv, {});
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the TLS port', () => {
  it('takes the certificate of the data folder', async () => {
    const pair = await makeTestCertificate(['webexapis.com']);
    const data = await dataFolder('good', pair);
    expect(problems(['--data', data, '--tls-port', '443'])).toEqual([]);
    expect(readConfig(['--data', data], { MOOT_TLS_PORT: '8443' }).tlsPort).toBe(8443);
    expect(readTrustCertificate(data)).toEqual(pair);
  });

  it('needs one, and says how it is made', () => {
    const data = join(parent, 'absent');
    expect(problems(['--data', data, '--tls-port', '443'])).toEqual([
      `MOOT_TLS_PORT (--tls-port): it has no certificate yet; run: moot trust --data ${data}`,
    ]);
  });

  it('refuses a certificate that is none, has another key or has ended', async () => {
    const pair = await makeTestCertificate(['webexapis.com']);
    const { key } = await makeTestCertificate(['webexapis.com']);
    const nowMs = Date.parse('2026-11-23T12:00:00Z');
    expect(trustProblem(await dataFolder('text', { cert: 'text', key }), nowMs)).toMatch(
      /^its certificate: .*run: moot trust/,
    );
    expect(trustProblem(await dataFolder('mismatch', { ...pair, key }), nowMs)).toContain(
      'key values mismatch',
    );
    const ending = await dataFolder('ended', await makeTestCertificate(['x.test'], new Date(nowMs)));
    expect(trustProblem(ending, nowMs - 1)).toBeUndefined();
    expect(trustProblem(ending, nowMs)).toMatch(
      /^its certificate ended on Nov 23 .* 2026 GMT; run: moot trust/,
    );
  });

  it('is another one than the plain port', () => {
    expect(problems(['--port', '443', '--tls-port', '443'])).toEqual([
      'MOOT_TLS_PORT (--tls-port): it is the port of MOOT_PORT (--port); choose another',
    ]);
  });
});
