import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { createWorldClock } from '@moothall/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, runJson } from '../test-support.ts';
import type { Certified } from './certificates.ts';
import { certificateNames, cloudHostNames } from './cloud-names.ts';
import { ensureTrust, trustPaths } from './trust-folder.ts';

const DAY_MS = 86_400_000;
// Certificates count in seconds, and are judged by the machine's time.
const today = Math.floor(createWorldClock().nowMs() / 1000) * 1000;

let parent: string;
let made = 0;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'moot-trust-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

const newFolder = () => join(parent, `data-${made++}`);
const textOf = (path: string) => readFileSync(path, 'utf8');

function read(dataDir: string): { authority: Certified; server: Certified } {
  const { authority, server } = trustPaths(dataDir);
  const pair = ({ certificate, key }: typeof server) => ({
    certificate: textOf(certificate),
    key: textOf(key),
  });
  return { authority: pair(authority), server: pair(server) };
}

/** What a program that trusts the authority says of a server: 'trusted', or its refusal. */
async function judge(ca: string, { certificate: cert, key }: Certified, servername: string): Promise<string> {
  const server = createServer({ cert, key }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', servername, ca });
  try {
    await once(socket, 'secureConnect');
    return 'trusted';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Node has no code for every refusal of OpenSSL.
    return code === undefined || code === 'UNSPECIFIED' ? message : code;
  } finally {
    socket.destroy();
    server.close();
  }
}

describe('the certificates', () => {
  it('are trusted for every name of the cloud by whoever trusts the CA, and for no other', async () => {
    const folder = newFolder();
    const trust = await ensureTrust(folder, today);
    expect([trust.authority.action, trust.server.action]).toEqual(['made', 'made']);
    const { authority, server } = read(folder);
    for (const name of [...cloudHostNames, 'mercury-api-a.wbx2.com', 'localhost'])
      expect([name, await judge(authority.certificate, server, name)]).toEqual([name, 'trusted']);
    expect(await judge(authority.certificate, server, 'moot.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    const stranger = read(await strangersFolder()).authority;
    expect(await judge(stranger.certificate, server, 'webexapis.com')).toBe(
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    );
  });

  it('come from a CA whose key, when stolen, vouches for no other site', async () => {
    const folder = newFolder();
    await ensureTrust(folder, today);
    const { authority } = read(folder);
    expect(await judge(authority.certificate, await forge(authority, 'u2c.wbx2.com'), 'u2c.wbx2.com')).toBe(
      'trusted',
    );
    for (const name of ['bank.example', 'notwebex.com'])
      expect(await judge(authority.certificate, await forge(authority, name), name)).toBe(
        'permitted subtree violation',
      );
  });

  it('live for less than 398 days, the CA for ten years', async () => {
    const { authority, server } = await ensureTrust(newFolder(), today);
    expect((server.expires.getTime() - today) / DAY_MS).toBe(397);
    expect((authority.expires.getTime() - today) / DAY_MS).toBe(3650);
  });
});

describe('the folder', () => {
  it('gives the keys to their owner only, also when somebody had opened them', async () => {
    const folder = newFolder();
    await ensureTrust(folder, today);
    const { authority, server } = trustPaths(folder);
    const modes = () => [authority.key, server.key].map((path) => statSync(path).mode & 0o777);
    expect(modes()).toEqual([0o600, 0o600]);
    await chmod(server.key, 0o644);
    await ensureTrust(folder, today);
    expect(modes()).toEqual([0o600, 0o600]);
    expect(statSync(authority.certificate).mode & 0o777).toBe(0o644);
  });

  it('keeps both, and renews the certificate alone when 30 days are left', async () => {
    const folder = newFolder();
    await ensureTrust(folder, today);
    const before = read(folder);
    const actionsAfter = async (days: number) => {
      const { authority, server } = await ensureTrust(folder, today + days * DAY_MS);
      return [authority.action, server.action];
    };
    expect(await actionsAfter(366)).toEqual(['kept', 'kept']);
    expect(read(folder)).toEqual(before);
    expect(await actionsAfter(367)).toEqual(['kept', 'renewed']);
    const after = read(folder);
    expect(after.authority).toEqual(before.authority);
    expect(after.server.key).not.toBe(before.server.key);
    expect(await actionsAfter(3650 - 31)).toEqual(['kept', 'renewed']);
    expect(await actionsAfter(3650 - 30)).toEqual(['renewed', 'renewed']);
  });

  it('never lets the certificate outlive its CA', async () => {
    const folder = newFolder();
    await ensureTrust(folder, today);
    const { authority, server } = await ensureTrust(folder, today + (3650 - 40) * DAY_MS);
    expect(server.expires).toEqual(authority.expires);
  });

  it('renews a certificate that is broken, has another key or is by another CA', async () => {
    const folder = newFolder();
    await ensureTrust(folder, today);
    const { server } = trustPaths(folder);
    const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const damages = [
      () => rm(server.key),
      () => writeFile(server.certificate, 'no certificate'),
      () => writeFile(server.key, otherKey.export({ type: 'pkcs8', format: 'pem' })),
      async () => {
        const other = read(await strangersFolder()).server;
        await writeFile(server.certificate, other.certificate);
        await writeFile(server.key, other.key);
      },
    ];
    for (const damage of damages) {
      await damage();
      const actions = await ensureTrust(folder, today);
      expect([actions.authority.action, actions.server.action]).toEqual(['kept', 'renewed']);
    }
  });

  it('makes no new CA in place of a broken one by itself', async () => {
    const folder = newFolder();
    await ensureTrust(folder, today);
    const { authority } = trustPaths(folder);
    await rm(authority.key);
    await expect(ensureTrust(folder, today)).rejects.toThrow(/delete both and run moot trust again/);
    await writeFile(authority.key, 'no key');
    await expect(ensureTrust(folder, today)).rejects.toThrow(/are no certificate with its key/);
  });
});

describe('the doctor', () => {
  const found = async (dataDir: string) => {
    const { stdout } = await runCli(['doctor', '--data', dataDir, '--url', 'http://127.0.0.1:9', '--json']);
    const { checks } = JSON.parse(stdout) as { checks: { check: string; status: string; remedy?: string }[] };
    return checks.find(({ check }) => check === 'certificate')!;
  };

  it('warns of a certificate that is near its end, and fails one that has ended', async () => {
    const folder = newFolder();
    expect(await found(folder)).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^none/) });
    for (const [daysAgo, status] of [
      [0, 'ok'],
      [368, 'warn'],
      [398, 'fail'],
    ] as const) {
      await rm(trustPaths(folder).folder, { recursive: true, force: true });
      await ensureTrust(folder, today - daysAgo * DAY_MS);
      expect([daysAgo, (await found(folder)).status]).toEqual([daysAgo, status]);
    }
    expect((await found(folder)).remedy).toContain('Run moot trust again');
  });
});

describe('moot trust', () => {
  it('says what it made and what is left to do, and shows no key', async () => {
    const folder = newFolder();
    const { code, stdout } = await runCli(['trust', '--data', folder]);
    expect(code).toBe(0);
    expect(stdout).toContain(`NODE_EXTRA_CA_CERTS=${trustPaths(folder).authority.certificate}`);
    expect(stdout).toContain('--tls-port 443');
    expect(stdout).not.toContain('PRIVATE KEY');
    const again = await runJson<Record<string, { action: string; path: string }>>([
      'trust',
      '--data',
      folder,
    ]);
    expect([again.ca?.action, again.certificate?.action]).toEqual(['kept', 'kept']);
    expect(Object.keys(again.hosts!)).toEqual(cloudHostNames);
  });

  it('prints lines for a hosts file, and makes nothing then', async () => {
    const folder = newFolder();
    const { stdout } = await runCli(['trust', '--data', folder, '--hosts', '--address', '192.168.1.20']);
    const lines = stdout.trimEnd().split('\n');
    const names = lines.flatMap((line) => line.replace(/ *#.*/, '').split(' ').slice(1));
    expect(lines.every((line) => line.startsWith('192.168.1.20 '))).toBe(true);
    expect(names).toEqual(cloudHostNames);
    expect(existsSync(folder)).toBe(false);
    const covered = names.filter((name) =>
      certificateNames.some((pattern) =>
        pattern.startsWith('*.') ? name.replace(/^[^.]+/, '*') === pattern : name === pattern,
      ),
    );
    expect(covered).toEqual(names);
  });

  it('prints the lines that stand in the guide', async () => {
    const { stdout } = await runCli(['trust', '--hosts']);
    const guide = new URL('../../../../docs/how-to/drop-in.md', import.meta.url);
    expect(await readFile(guide, 'utf8')).toContain(stdout);
  });

  it('refuses an address that is none', async () => {
    const { code, stderr } = await runCli(['trust', '--hosts', '--address', 'moot.example']);
    expect([code, stderr]).toEqual([
      2,
      "moot: --address: 'moot.example' is no IP address such as 127.0.0.1.\n",
    ]);
  });
});

async function strangersFolder(): Promise<string> {
  const folder = newFolder();
  await ensureTrust(folder, today);
  return folder;
}

/** A certificate as somebody would make it with the authority's key. */
async function forge(authority: Certified, name: string): Promise<Certified> {
  await import('reflect-metadata');
  const { PemConverter, SubjectAlternativeNameExtension, X509Certificate, X509CertificateGenerator } =
    await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { subtle } = webcrypto;
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = new X509Certificate(authority.certificate);
  const forged = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: issuer.subject,
    notBefore: new Date(today),
    notAfter: new Date(today + DAY_MS * 365),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await subtle.importKey('pkcs8', PemConverter.decodeFirst(authority.key), algorithm, false, [
      'sign',
    ]),
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
  });
  const key = PemConverter.encode(await subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificate: forged.toString('pem'), key };
}
