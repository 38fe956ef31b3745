import type { Readable } from 'node:stream';

/** A stored blob. The hash is the SHA-256 of its bytes in lower-case hex and is its only name. */
export type BlobInfo = { hash: string; sizeBytes: number };

/** Part of a blob by byte offsets; both ends are included, as in an HTTP range. */
export type BlobRange = { start: number; end: number };

/**
 * Content-addressed storage of files. Nothing is ever held in memory whole.
 * Every method that takes a hash throws TypeError when it is not 64 lower-case hex digits.
 */
export interface Blobs {
  /**
   * Stores what the source gives; the same content twice is one blob. When it resolves, the blob
   * survives a crash. When it rejects, the source is destroyed and nothing of it is left.
   * @throws BlobTooLarge when the source has more than `maxBytes`; else whatever the source failed with
   */
  put(source: Readable, limits: { maxBytes: number }): Promise<BlobInfo>;
  /**
   * Opens for reading; a range that ends past the blob is cut off there.
   * @throws BlobNotFound
   * @throws RangeError when the range is not two whole numbers in order
   */
  open(hash: string, range?: BlobRange): Promise<Readable>;
  /** Undefined when there is no such blob. */
  stat(hash: string): Promise<BlobInfo | undefined>;
  /** Removes a blob; no error when it is gone already. Open readers keep what they read. */
  remove(hash: string): Promise<void>;
  /** All hashes, in no order; blobs put or removed meanwhile may or may not be among them. */
  list(): AsyncIterable<string>;
}

/** The source of a blob gave more bytes than allowed. */
export class BlobTooLarge extends Error {
  readonly maxBytes: number;

  /** @param maxBytes the limit that was exceeded */
  constructor(maxBytes: number) {
    super(`blob exceeds ${maxBytes} bytes`);
    this.name = 'BlobTooLarge';
    this.maxBytes = maxBytes;
  }
}

/** No blob has this hash. */
export class BlobNotFound extends Error {
  readonly hash: string;

  /** @param hash the hash that was asked for */
  constructor(hash: string) {
    super(`no blob ${hash}`);
    this.name = 'BlobNotFound';
    this.hash = hash;
  }
}
