import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server tells local commands about itself, in `DIR/server.json`. */
export type ServerFile = {
  baseUrl: string;
  /** What clients elsewhere call it. */
  publicUrl?: string;
  mode: 'lab' | 'production';
  pid: number;
  labKey?: string;
  /** Whether a mail server is set; absent where this process has no worker. */
  sendsMail?: boolean;
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Reads the address file of a data folder; undefined when no server runs there. */
export function readServerFile(dataDir: string): ServerFile | undefined {
  try {
    const file = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as ServerFile;
    return isAlive(file.pid) ? file : undefined;
  } catch {
    return undefined;
  }
}
