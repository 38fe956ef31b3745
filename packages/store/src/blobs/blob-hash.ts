import { createHash } from 'node:crypto';
import { type BlobInfo, type BlobRange, BlobTooLarge } from './blobs.ts';

const hashPattern = /^[0-9a-f]{64}$/;

/** Whether a text has the form of a blob's hash. */
export function isBlobHash(text: string): boolean {
  return hashPattern.test(text);
}

/**
 * Keeps anything but a hash out of paths and keys.
 * @throws TypeError
 */
export function assertBlobHash(hash: string): void {
  if (!isBlobHash(hash)) throw new TypeError('blob hash must be 64 lower-case hex digits');
}

/**
 * Checks the form of a range.
 * @throws RangeError
 */
export function assertBlobRange({ start, end }: BlobRange): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && end >= start) return;
  throw new RangeError(`blob range ${start}-${end} must be two whole numbers, first not after last`);
}

/** A pass-through that counts and hashes; `info` is right once all has passed. */
export function createBlobMeter(maxBytes: number) {
  const digest = createHash('sha256');
  let sizeBytes = 0;
  return {
    /** @throws BlobTooLarge on the first chunk that crosses the limit */
    async *pass(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
        sizeBytes += bytes.length;
        if (sizeBytes > maxBytes) throw new BlobTooLarge(maxBytes);
        digest.update(bytes);
        yield bytes;
      }
    },
    info: (): BlobInfo => ({ hash: digest.digest('hex'), sizeBytes }),
  };
}
