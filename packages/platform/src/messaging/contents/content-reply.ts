import { ApiError } from '@moothall/core';
import { RawReply, type RequestContext } from '@moothall/http';
import { BlobNotFound, type BlobRange } from '@moothall/store';
import contentDisposition from 'content-disposition';
import type { World } from '../../world.ts';
import type { MessageFile } from '../messages/index.ts';
import { readRange } from './byte-range.ts';
import { contentErrors } from './contents.errors.ts';

type Headers = RequestContext['headers'];

/** Headers of every answer. A file is data of a stranger: no browser is to guess its type, show or run it. */
function headersOf(file: MessageFile): Record<string, string> {
  return {
    'Content-Type': file.mime,
    'Content-Disposition': dispositionOf(file.name),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-cache',
    ETag: etagOf(file),
  };
}

/** A name beyond ASCII goes as `filename*`: what other bytes mean depends on who reads them. */
function dispositionOf(name: string): string {
  return contentDisposition(name, { type: 'attachment', fallback: name.replace(/[^\x20-\x7e]/g, '?') });
}

function etagOf(file: MessageFile): string {
  return `"${file.hash}"`;
}

function knows(file: MessageFile, header: string | undefined): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etagOf(file)) ?? false;
}

/** A range counts only while the file is the one that the caller has a part of. */
function rangeOf(file: MessageFile, headers: Headers) {
  const condition = headers['if-range'];
  const isStale = condition !== undefined && condition !== etagOf(file);
  return readRange(isStale ? undefined : headers.range, file.sizeBytes);
}

async function bytesOf(world: World, file: MessageFile, range?: BlobRange) {
  try {
    return await world.blobs.open(file.hash, range);
  } catch (error) {
    if (!(error instanceof BlobNotFound)) throw error;
    throw new ApiError(contentErrors['content.not_found'], { cause: error });
  }
}

function outside({ sizeBytes }: MessageFile): ApiError {
  return new ApiError(contentErrors['content.range'], {
    parameters: { bytes: String(sizeBytes) },
    headers: { 'Content-Range': `bytes */${sizeBytes}` },
  });
}

/** The answer to HEAD. */
export function headReply(file: MessageFile): RawReply {
  return new RawReply(200, { ...headersOf(file), 'Content-Length': String(file.sizeBytes) });
}

/**
 * The answer to GET: all bytes, one range of them (206), 304 for who has them, streamed.
 * @throws ApiError `content.range` 416, `content.not_found` when the bytes were purged
 */
export async function getReply(world: World, file: MessageFile, headers: Headers): Promise<RawReply> {
  const common = headersOf(file);
  if (knows(file, headers['if-none-match'])) return new RawReply(304, common);
  const asked = rangeOf(file, headers);
  if (asked.kind === 'outside') throw outside(file);
  if (asked.kind === 'all')
    return new RawReply(
      200,
      { ...common, 'Content-Length': String(file.sizeBytes) },
      file.sizeBytes === 0 ? '' : await bytesOf(world, file),
    );
  const { start, end } = asked.range;
  const part = {
    'Content-Length': String(end - start + 1),
    'Content-Range': `bytes ${start}-${end}/${file.sizeBytes}`,
  };
  return new RawReply(206, { ...common, ...part }, await bytesOf(world, file, asked.range));
}
