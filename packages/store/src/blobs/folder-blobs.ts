import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assertBlobHash, assertBlobRange, createBlobMeter, isBlobHash } from './blob-hash.ts';
import { type BlobInfo, BlobNotFound, type BlobRange, type Blobs } from './blobs.ts';

/** Age after which an unfinished upload is taken for the leftover of a crash. */
const STALE_UPLOAD_MS = 24 * 3_600_000;

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function orUndefined<T>(attempt: Promise<T>): Promise<T | undefined> {
  try {
    return await attempt;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A rename survives a crash only when the folder that holds the name is synced as well. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Ages are taken from the file system's own times, so that no clock of ours is needed. */
async function sweepUploads(uploads: string, fresh: string): Promise<void> {
  const { mtimeMs: nowMs } = await stat(fresh);
  for (const name of await readdir(uploads)) {
    const path = join(uploads, name);
    const found = await orUndefined(stat(path));
    if (found && nowMs - found.mtimeMs > STALE_UPLOAD_MS) await rm(path, { force: true });
  }
}

/**
 * Blobs as files `<directory>/ab/<hash>`, written to `<directory>/tmp` first. Serves one machine; several
 * processes may share the folder. Folders are made when needed, those inside for the owner only. Uploads that a crash
 * left unfinished are removed by the first put that comes a day later.
 */
export function folderBlobs(directory: string): Blobs {
  return new FolderBlobs(directory);
}

class FolderBlobs implements Blobs {
  readonly #directory: string;
  readonly #uploads: string;
  #swept = false;

  constructor(directory: string) {
    this.#directory = directory;
    this.#uploads = join(directory, 'tmp');
  }

  async put(source: Readable, limits: { maxBytes: number }): Promise<BlobInfo> {
    const upload = join(this.#uploads, randomUUID());
    const meter = createBlobMeter(limits.maxBytes);
    try {
      // In two steps: a mode would also fall on parents, which others may have to enter.
      await mkdir(this.#directory, { recursive: true });
      await mkdir(this.#uploads, { recursive: true, mode: 0o700 });
      // Opened before it is written: a file that is opened meanwhile would come into being after its removal.
      const file = await open(upload, 'wx', 0o600);
      await pipeline(source, meter.pass, file.createWriteStream({ flush: true }));
      const info = meter.info();
      await this.#sweepOnce(upload);
      await this.#publish(upload, info.hash);
      return info;
    } catch (error) {
      source.destroy();
      await rm(upload, { force: true });
      throw error;
    }
  }

  async open(hash: string, range?: BlobRange): Promise<Readable> {
    const path = this.#pathOf(hash);
    if (range) assertBlobRange(range);
    const handle = await orUndefined(open(path, 'r'));
    if (!handle) throw new BlobNotFound(hash);
    return handle.createReadStream(range);
  }

  async stat(hash: string): Promise<BlobInfo | undefined> {
    const found = await orUndefined(stat(this.#pathOf(hash)));
    return found && { hash, sizeBytes: found.size };
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#pathOf(hash), { force: true });
  }

  async *list(): AsyncIterable<string> {
    for (const shard of (await orUndefined(readdir(this.#directory))) ?? []) {
      if (!/^[0-9a-f]{2}$/.test(shard)) continue;
      for (const name of await readdir(join(this.#directory, shard))) {
        if (isBlobHash(name)) yield name;
      }
    }
  }

  #pathOf(hash: string): string {
    assertBlobHash(hash);
    return join(this.#directory, hash.slice(0, 2), hash);
  }

  async #publish(upload: string, hash: string): Promise<void> {
    const shard = join(this.#directory, hash.slice(0, 2));
    const made = await mkdir(shard, { recursive: true, mode: 0o700 });
    await rename(upload, join(shard, hash));
    await syncFolder(shard);
    if (made) await syncFolder(this.#directory);
  }

  async #sweepOnce(upload: string): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    await sweepUploads(this.#uploads, upload);
  }
}
