import type { BlobRange } from '@moothall/store';

/** What of a file is asked for: all, a part, or a part that it does not have. */
export type AskedRange = { kind: 'all' } | { kind: 'part'; range: BlobRange } | { kind: 'outside' };

const ALL: AskedRange = { kind: 'all' };

/**
 * Reads a Range header for a file of a size. Anything but one range of bytes is answered with the
 * whole file, as HTTP allows (RFC 9110, section 14.2).
 */
export function readRange(header: string | undefined, sizeBytes: number): AskedRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return ALL;
  const last = sizeBytes - 1;
  if (match[1] === '') {
    const length = Number(match[2]);
    if (length === 0 || sizeBytes === 0) return { kind: 'outside' };
    return { kind: 'part', range: { start: Math.max(sizeBytes - length, 0), end: last } };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? last : Math.min(Number(match[2]), last);
  if (match[2] !== '' && Number(match[2]) < start) return ALL;
  return start > last ? { kind: 'outside' } : { kind: 'part', range: { start, end } };
}
