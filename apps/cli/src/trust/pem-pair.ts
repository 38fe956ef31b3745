import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { CliError } from '../cli-error.ts';
import type { Certified } from './certificates.ts';

/** Where a certificate and its key lie. */
export type PairPaths = { certificate: string; key: string };

/** A certificate that was read with its key, which fits it. */
export type ReadPair = Certified & { parsed: X509Certificate };

function parse({ certificate, key }: Certified): X509Certificate | undefined {
  try {
    const parsed = new X509Certificate(certificate);
    return parsed.checkPrivateKey(createPrivateKey(key)) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/**
 * Reads a pair, and makes its key readable by the owner only.
 * @returns 'absent', or 'broken' when one of the files is missing, is no PEM or does not fit the other
 * @throws CliError when a file cannot be read
 */
export function readPair(paths: PairPaths): ReadPair | 'absent' | 'broken' {
  const there = [paths.certificate, paths.key].filter((path) => existsSync(path));
  if (there.length === 0) return 'absent';
  if (there.length === 1) return 'broken';
  const pair = { certificate: readText(paths.certificate), key: readText(paths.key) };
  chmodSync(paths.key, 0o600);
  const parsed = parse(pair);
  return parsed ? { ...pair, parsed } : 'broken';
}

function replaceFile(path: string, text: string, mode: number): void {
  const next = `${path}.${process.pid}.new`;
  writeFileSync(next, text, { mode });
  chmodSync(next, mode);
  renameSync(next, path);
}

/** Writes a pair: the key for its owner only, the certificate for everybody; each file is old or new, never half. */
export function writePair(paths: PairPaths, { certificate, key }: Certified): void {
  replaceFile(paths.key, key, 0o600);
  replaceFile(paths.certificate, certificate, 0o644);
}
