import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a running server tells local commands about itself; `baseUrl` is reached from this machine. */
export type ServerFile = {
  baseUrl: string;
  publicUrl: string;
  mode: 'lab' | 'production';
  pid: number;
  labKey?: string;
  /** Whether a mail server is set; absent where this process has no worker. */
  sendsMail?: boolean;
};

/** The data folder of a server. */
export interface DataFolder {
  path: string;
  blobs: string;
  /** The text of a key file that is made at its first use, readable by its owner only. */
  key(name: 'secret-key' | 'lab-key'): string;
  announce(server: ServerFile): void;
  /** Takes back what this process announced, and nothing of another one on the same folder. */
  withdraw(): void;
}

function readOrMake(file: string): string {
  try {
    if (!existsSync(file))
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another start was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** Opens the data folder, made when absent. */
export function openDataFolder(path: string): DataFolder {
  const folder = resolve(path);
  mkdirSync(folder, { recursive: true });
  const serverFile = join(folder, 'server.json');
  let announced: string | undefined;
  return {
    path: folder,
    blobs: join(folder, 'blobs'),
    key: (name) => readOrMake(join(folder, name)),
    announce(server) {
      announced = `${JSON.stringify(server)}\n`;
      writeFileSync(serverFile, announced, { mode: 0o600 });
      chmodSync(serverFile, 0o600);
    },
    withdraw() {
      if (announced === undefined || !existsSync(serverFile)) return;
      if (readFileSync(serverFile, 'utf8') === announced) rmSync(serverFile, { force: true });
    },
  };
}
