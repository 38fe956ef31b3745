import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a running server tells local commands about itself. */
export type ServerFile = { baseUrl: string; mode: 'lab' | 'production'; pid: number; labKey?: string };

/** The data folder of a server. */
export interface DataFolder {
  path: string;
  blobs: string;
  /** The text of a key file that is made at its first use, readable by its owner only. */
  key(name: 'secret-key' | 'lab-key'): string;
  announce(server: ServerFile): void;
  withdraw(): void;
}

function readOrMake(file: string): string {
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

/** Opens the data folder, made when absent. */
export function openDataFolder(path: string): DataFolder {
  const folder = resolve(path);
  mkdirSync(folder, { recursive: true });
  const serverFile = join(folder, 'server.json');
  return {
    path: folder,
    blobs: join(folder, 'blobs'),
    key: (name) => readOrMake(join(folder, name)),
    announce(server) {
      writeFileSync(serverFile, `${JSON.stringify(server)}\n`, { mode: 0o600 });
      chmodSync(serverFile, 0o600);
    },
    withdraw: () => rmSync(serverFile, { force: true }),
  };
}
