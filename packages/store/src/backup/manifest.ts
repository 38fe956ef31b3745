import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupRefused } from './errors.ts';
import type { KeyCheck } from './key-check.ts';

/** A file of a backup: its path within, size in bytes and SHA-256 in hex. */
export type BackupFile = { path: string; sizeBytes: number; sha256: string };

/** Rows of one table: the columns in the order of the file, gzipped text of COPY. */
export type BackupTable = { name: string; columns: string[]; rows: number; file: BackupFile };

/** What a backup holds. Tables are in an order in which their foreign keys can be met. */
export type BackupManifest = {
  format: 'moothall-backup';
  version: 1;
  /** UTC, ISO 8601. */
  createdAt: string;
  /** Steps of the schema that had been applied. */
  migrations: { name: string; checksum: string }[];
  tables: BackupTable[];
  /** Last value of each sequence in decimal; null when it was never used. */
  sequences: { name: string; lastValue: string | null }[];
  blobs: BackupFile[];
  /** Tells whether a key is the one that sealed the secrets in the tables. */
  keyCheck: KeyCheck | null;
  /** The key itself, only when that was asked for. */
  secretKey: BackupFile | null;
};

const NAME = 'manifest.json';
const CHECKSUM = 'manifest.sha256';

/** The files of the manifest itself. */
export const manifestFiles: readonly string[] = [NAME, CHECKSUM];

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Writes the manifest and its checksum; done last, so that an unfinished backup has none. */
export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  await writeFile(join(folder, NAME), text, { mode: 0o600 });
  await writeFile(join(folder, CHECKSUM), `${sha256(text)}\n`, { mode: 0o600 });
}

async function read(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch {
    throw new BackupRefused(`This is no whole backup: ${name} is missing. Use another backup.`);
  }
}

/**
 * Reads the manifest of a backup that lies in a folder.
 * @throws BackupRefused when it is missing, changed or of another format
 */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await read(folder, NAME);
  if (sha256(text) !== (await read(folder, CHECKSUM)).trim()) {
    throw new BackupRefused(
      'The backup is damaged: manifest.json does not match its checksum. Use another backup.',
    );
  }
  const manifest = JSON.parse(text) as BackupManifest;
  if (manifest.format === 'moothall-backup' && manifest.version === 1) return manifest;
  throw new BackupRefused(
    'The backup has a form that this release does not know: restore it with a newer release.',
  );
}
