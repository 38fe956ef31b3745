import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BackupFile } from './manifest.ts';

function createMeter() {
  const digest = createHash('sha256');
  let sizeBytes = 0;
  return {
    async *pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        sizeBytes += chunk.length;
        digest.update(chunk);
        yield chunk;
      }
    },
    measured: () => ({ sizeBytes, sha256: digest.digest('hex') }),
  };
}

/** Writes a stream to `folder/path`, through a transform if any, and tells what was written. */
export async function writeMeasured(
  folder: string,
  path: string,
  source: Readable,
  transform: Transform = new PassThrough(),
): Promise<BackupFile> {
  const meter = createMeter();
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const output = createWriteStream(file, { mode: 0o600, flush: true });
  await pipeline(source, transform, meter.pass, output);
  return { path, ...meter.measured() };
}

/** Measures a file as it lies in `folder`. */
export async function measure(folder: string, path: string): Promise<BackupFile> {
  const meter = createMeter();
  for await (const _ of meter.pass(createReadStream(join(folder, path))));
  return { path, ...meter.measured() };
}
