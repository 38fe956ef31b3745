import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BlobNotFound, type Blobs, BlobTooLarge, folderBlobs } from './index.ts';

let directory: string;
let blobs: Blobs;
const limits = { maxBytes: 1_000_000 };
const absent = 'a'.repeat(64);

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'blobs-')), 'made', 'later');
  blobs = folderBlobs(directory);
});

afterEach(() => rm(join(directory, '..', '..'), { recursive: true, force: true }));

function put(content: string, maxBytes = limits.maxBytes) {
  return blobs.put(Readable.from([Buffer.from(content)]), { maxBytes });
}

async function all(): Promise<string[]> {
  const hashes: string[] = [];
  for await (const hash of blobs.list()) hashes.push(hash);
  return hashes.sort();
}

describe('put', () => {
  test('names a blob by the SHA-256 of its bytes', async () => {
    const bytes = randomBytes(700_001);
    const chunks = [bytes.subarray(0, 65_536), bytes.subarray(65_536, 65_537), bytes.subarray(65_537)];
    const info = await blobs.put(Readable.from(chunks), limits);
    expect(info).toEqual({ hash: createHash('sha256').update(bytes).digest('hex'), sizeBytes: 700_001 });
    expect((await buffer(await blobs.open(info.hash))).equals(bytes)).toBe(true);
    expect(await blobs.stat(info.hash)).toEqual(info);
  });

  test('keeps equal content once, also when put at the same time', async () => {
    const infos = await Promise.all([put('same'), put('same'), put('same')]);
    expect(new Set(infos.map(({ hash }) => hash)).size).toBe(1);
    expect(await all()).toEqual([infos[0]?.hash]);
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  });

  test('takes text chunks and nothing at all', async () => {
    const info = await blobs.put(Readable.from(['é', 'è']), limits);
    expect([info.sizeBytes, await text(await blobs.open(info.hash))]).toEqual([4, 'éè']);
    expect((await blobs.put(Readable.from([]), limits)).sizeBytes).toBe(0);
  });

  test('refuses one byte too many and leaves nothing', async () => {
    expect((await put('12345', 5)).sizeBytes).toBe(5);
    await expect(put('123456', 5)).rejects.toThrow(BlobTooLarge);
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
    expect(await all()).toHaveLength(1);
  });

  test('stops reading an endless source at the limit', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        given += 65_536;
        this.push(Buffer.alloc(65_536));
      },
    });
    await expect(blobs.put(endless, { maxBytes: 100_000 })).rejects.toMatchObject({ maxBytes: 100_000 });
    expect(endless.destroyed).toBe(true);
    expect(given).toBeLessThan(1_000_000);
  });

  test('passes on what the source failed with and leaves nothing', async () => {
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('line cut');
    }
    await expect(blobs.put(Readable.from(broken()), limits)).rejects.toThrow('line cut');
    const dead = Readable.from(['x']);
    dead.destroy();
    await expect(blobs.put(dead, limits)).rejects.toThrow();
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
    expect(await all()).toEqual([]);
  });

  test('the first put sweeps leftovers of a crash, and only those', async () => {
    await put('makes the folders');
    const [old, young] = [join(directory, 'tmp', 'old'), join(directory, 'tmp', 'young')];
    await writeFile(old, 'x');
    await writeFile(young, 'x');
    const { mtime } = await stat(young);
    await utimes(old, mtime, new Date(mtime.getTime() - 25 * 3_600_000));
    await folderBlobs(directory).put(Readable.from(['y']), limits);
    expect(await readdir(join(directory, 'tmp'))).toEqual(['young']);
  });
});

describe('open', () => {
  test.each([
    [{ start: 0, end: 0 }, '0'],
    [{ start: 2, end: 4 }, '234'],
    [{ start: 8, end: 99 }, '89'],
  ])('reads the range %j', async (range, expected) => {
    const { hash } = await put('0123456789');
    expect(await text(await blobs.open(hash, range))).toBe(expected);
  });

  test.each([
    { start: 3, end: 2 },
    { start: -1, end: 2 },
    { start: 0.5, end: 2 },
    { start: 0, end: Number.NaN },
  ])('refuses the range %j', async (range) => {
    const { hash } = await put('0123456789');
    await expect(blobs.open(hash, range)).rejects.toThrow(RangeError);
  });

  test('an absent blob', async () => {
    await expect(blobs.open(absent)).rejects.toThrow(BlobNotFound);
    expect(await blobs.stat(absent)).toBeUndefined();
    expect(await all()).toEqual([]);
  });
});

describe('remove', () => {
  test('removes one blob, twice without error, and lets open readers finish', async () => {
    const { hash } = await put('gone');
    const kept = await put('kept');
    const reader = await blobs.open(hash);
    await blobs.remove(hash);
    await blobs.remove(hash);
    expect(await text(reader)).toBe('gone');
    expect(await blobs.stat(hash)).toBeUndefined();
    expect(await all()).toEqual([kept.hash]);
  });
});

describe('hash', () => {
  test.each(['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${absent}\n`, 'a'.repeat(65)])(
    'refuses %j everywhere',
    async (hash) => {
      await expect(blobs.open(hash)).rejects.toThrow(TypeError);
      await expect(blobs.stat(hash)).rejects.toThrow(TypeError);
      await expect(blobs.remove(hash)).rejects.toThrow(TypeError);
    },
  );
});
