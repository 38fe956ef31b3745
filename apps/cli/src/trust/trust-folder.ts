import { X509Certificate } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { type Certified, makeAuthority, makeServerCertificate } from './certificates.ts';
import { certificateNames } from './cloud-names.ts';
import { type PairPaths, type ReadPair, readPair, writePair } from './pem-pair.ts';

/** A certificate is made anew when it is valid for no longer than this. */
export const RENEW_BEFORE_MS = 30 * 86_400_000;

/** What became of a certificate, where it lies and until when it is valid. */
export type Kept = { action: 'made' | 'kept' | 'renewed'; path: string; expires: Date };

/** The local certificate authority and the server's certificate by it. */
export type Trust = { authority: Kept; server: Kept };

/** Files of a data folder's authority and server certificate. */
export function trustPaths(dataDir: string): { folder: string; authority: PairPaths; server: PairPaths } {
  const folder = resolve(dataDir, 'trust');
  const pair = (name: string) => ({
    certificate: join(folder, `${name}.pem`),
    key: join(folder, `${name}-key.pem`),
  });
  return { folder, authority: pair('ca'), server: pair('server') };
}

function lastsLong({ parsed }: ReadPair, nowMs: number): boolean {
  return Date.parse(parsed.validTo) - nowMs > RENEW_BEFORE_MS;
}

function hasAllNames({ parsed }: ReadPair): boolean {
  const names = new Set(parsed.subjectAltName?.split(', '));
  return certificateNames.every((name) => names.has(`DNS:${name}`));
}

function isIssuedBy({ parsed }: ReadPair, authority: Certified): boolean {
  const issuer = new X509Certificate(authority.certificate);
  return parsed.checkIssued(issuer) && parsed.verify(issuer.publicKey);
}

/** What was done, where, and with what result. */
type Ensured = Certified & { kept: Kept };

function keptOf(action: Kept['action'], pair: Certified, { certificate: path }: PairPaths): Ensured {
  const expires = new Date(new X509Certificate(pair.certificate).validTo);
  return { ...pair, kept: { action, path, expires } };
}

async function ensureAuthority(paths: PairPaths, nowMs: number): Promise<Ensured> {
  const found = readPair(paths);
  if (found === 'broken') {
    const what = `${paths.certificate} and ${paths.key} are no certificate with its key`;
    const remedy =
      'Put them back, or delete both and run moot trust again; every machine must then trust the new CA.';
    throw new CliError(`${what}. ${remedy}`);
  }
  if (found !== 'absent' && lastsLong(found, nowMs)) return keptOf('kept', found, paths);
  const made = await makeAuthority(nowMs);
  writePair(paths, made);
  return keptOf(found === 'absent' ? 'made' : 'renewed', made, paths);
}

async function ensureServer(paths: PairPaths, authority: Certified, nowMs: number): Promise<Ensured> {
  const found = readPair(paths);
  const isThere = typeof found !== 'string';
  if (isThere && lastsLong(found, nowMs) && hasAllNames(found) && isIssuedBy(found, authority))
    return keptOf('kept', found, paths);
  const made = await makeServerCertificate(authority, nowMs);
  writePair(paths, made);
  return keptOf(found === 'absent' ? 'made' : 'renewed', made, paths);
}

/**
 * Makes what is missing of the authority and the server's certificate. The authority stays until 30 days before its
 * end; the certificate is renewed then as well, and when it is not by this authority, lacks a name or is broken.
 * @param nowMs milliseconds since 1970
 * @throws CliError when the authority's files are broken or cannot be read
 */
export async function ensureTrust(dataDir: string, nowMs: number): Promise<Trust> {
  const paths = trustPaths(dataDir);
  mkdirSync(paths.folder, { recursive: true, mode: 0o755 });
  const authority = await ensureAuthority(paths.authority, nowMs);
  const server = await ensureServer(paths.server, authority, nowMs);
  return { authority: authority.kept, server: server.kept };
}
