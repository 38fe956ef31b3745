import { constants, existsSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { findBinaries } from '@moothall/store';
import type { Call } from '../command.ts';
import { readServerFile } from '../server/server-file.ts';
import { certificateCheck } from './certificate-check.ts';
import type { Check } from './finding.ts';

const DEFAULT_PORT = 7080;
const SCARCE_BYTES = 1e9;
const FULL_BYTES = 1e8;

function existingParent(path: string): string {
  const folder = resolve(path);
  return existsSync(folder) ? folder : existingParent(dirname(folder));
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

const node: Check = {
  name: 'node',
  async run() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const detail = `Node ${process.versions.node}`;
    if (major > 20 || (major === 20 && minor >= 19)) return { status: 'ok', detail };
    return { status: 'fail', detail, remedy: 'Install Node 20.19 or newer.' };
  },
};

const binary: Check = {
  name: 'postgresql',
  async run({ io }) {
    if (io.env.MOOT_DATABASE_URL) return { status: 'ok', detail: 'an outside server: MOOT_DATABASE_URL' };
    const { platform, version } = findBinaries();
    return { status: 'ok', detail: `embedded, ${platform} ${version}` };
  },
};

const folder: Check = {
  name: 'data folder',
  async run({ dataDir }) {
    const path = resolve(dataDir);
    const parent = existingParent(path);
    try {
      await access(parent, constants.W_OK | constants.X_OK);
    } catch {
      const remedy = `Choose another folder with --data, or make ${parent} writable for this user.`;
      return { status: 'fail', detail: `${parent} cannot be written to`, remedy };
    }
    return { status: 'ok', detail: parent === path ? path : `${path}, which will be made` };
  },
};

const disk: Check = {
  name: 'disk',
  async run({ dataDir }) {
    const { bavail, bsize } = await statfs(existingParent(dataDir));
    const free = bavail * bsize;
    const detail = `${(free / 1e9).toFixed(1)} GB free`;
    if (free >= SCARCE_BYTES) return { status: 'ok', detail };
    const remedy = 'Make room, or move the data folder to a larger disk.';
    return { status: free < FULL_BYTES ? 'fail' : 'warn', detail, remedy };
  },
};

const port: Check = {
  name: 'port',
  async run({ io, dataDir }: Call) {
    const local = readServerFile(dataDir);
    if (local) return { status: 'ok', detail: `in use by this world's server (${local.baseUrl})` };
    const number = Number(io.env.MOOT_PORT || DEFAULT_PORT);
    if (number === 0 || (await isFree(number))) return { status: 'ok', detail: `${number} is free` };
    const remedy = 'End what uses it, or start with --port (0 picks a free one).';
    return { status: 'warn', detail: `${number} is in use by another program`, remedy };
  },
};

/** Checks of the machine. */
export const machineChecks: readonly Check[] = [node, binary, folder, disk, port, certificateCheck];
