import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../command.ts';

function fileOf(dataDir: string): string {
  return join(dataDir, 'secret-key');
}

/** The world's secret key: `MOOT_SECRET_KEY`, else the file in the data folder; undefined when there is neither. */
export function findSecretKey({ io, dataDir }: Call): string | undefined {
  if (io.env.MOOT_SECRET_KEY) return io.env.MOOT_SECRET_KEY;
  return existsSync(fileOf(dataDir)) ? readFileSync(fileOf(dataDir), 'utf8').trim() : undefined;
}

/** Puts the key into the data folder, readable by its owner only. */
export function writeSecretKey(dataDir: string, secretKey: string): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileOf(dataDir), secretKey, { mode: 0o600, flag: 'wx' });
}

/**
 * The world's secret key, made when it has none yet. On an outside database the key is the server's
 * setting: a command that seals nothing goes on without it, with one of its own.
 */
export function ensureSecretKey(call: Call, database: 'embedded' | 'outside'): string {
  const known = findSecretKey(call);
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('base64url');
  if (database === 'embedded') writeSecretKey(call.dataDir, made);
  return made;
}
