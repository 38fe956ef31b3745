import { ApiError } from '@moothall/core';
import type { UploadedFile } from '@moothall/http';
import { type BlobInfo, BlobTooLarge } from '@moothall/store';
import { OutboundError } from '../../../outbound/index.ts';
import type { World } from '../../../world.ts';
import { messageErrors } from '../messages.errors.ts';
import type { MessageFile } from '../messages.table.ts';
import { fetchedFileName, safeFileName } from './file-name.ts';
import { mimeTypeOf, SAMPLE_BYTES } from './mime-type.ts';

function refuse(reason: string, cause?: unknown): ApiError {
  return new ApiError(messageErrors['message.file_refused'], { parameters: { reason }, cause });
}

async function describe(
  world: World,
  { hash, sizeBytes }: BlobInfo,
  name: string,
  declared: string | undefined,
): Promise<MessageFile> {
  const chunks: Buffer[] = [];
  if (sizeBytes > 0) {
    const start = await world.blobs.open(hash, { start: 0, end: SAMPLE_BYTES - 1 });
    for await (const chunk of start) chunks.push(chunk as Buffer);
  }
  return { hash, name, sizeBytes, mime: await mimeTypeOf(Buffer.concat(chunks), name, declared) };
}

/** A file that came as a part of a form, as a message keeps it. */
export function keepUpload(world: World, upload: UploadedFile): Promise<MessageFile> {
  return describe(world, upload, safeFileName(upload.fileName), upload.mimeType);
}

/** What a user may know of a failed fetch: nothing of addresses behind a name, nothing of the network. */
const REASONS: Record<OutboundError['code'], string> = {
  blocked_address: 'the address of the URL is not public: give a URL that can be reached from outside.',
  invalid_url: 'give an absolute http or https URL.',
  timeout: 'the server of the URL did not send the file in time.',
  too_large: 'the file is larger than is allowed.',
  connection_failed: 'the server of the URL could not be reached or broke off.',
  redirect: 'the URL redirects: give the URL that it leads to.',
};

function explain(world: World, error: unknown): unknown {
  if (error instanceof OutboundError) return refuse(REASONS[error.code], error);
  if (error instanceof BlobTooLarge)
    return refuse(`the file is larger than ${world.limits.get('file.size')} bytes.`, error);
  return error;
}

/**
 * Judges the form of a file's URL, without asking the network.
 * @throws ApiError `message.file_refused`
 */
export function checkFileUrl(world: World, url: string): void {
  const verdict = world.outbound.check(url);
  if (!verdict.ok) throw refuse(`${verdict.reason}.`);
}

/**
 * Fetches a file by URL into the blobs, streamed, without redirects, within `file.size` and `file.fetch_timeout`.
 * @throws ApiError `message.file_refused` with the reason
 */
export async function fetchFile(world: World, url: string): Promise<MessageFile> {
  const maxBytes = world.limits.get('file.size');
  try {
    const { status, headers, body } = await world.outbound.stream({
      kind: 'file',
      url,
      method: 'GET',
      headers: { 'accept-encoding': 'identity' },
      timeoutMs: world.limits.get('file.fetch_timeout'),
      maxResponseBytes: maxBytes,
    });
    if (status !== 200) {
      body.destroy();
      throw refuse(`the server of the URL answered ${status} in place of the file.`);
    }
    const blob = await world.blobs.put(body, { maxBytes });
    return await describe(
      world,
      blob,
      fetchedFileName(url, headers['content-disposition']),
      headers['content-type'],
    );
  } catch (error) {
    throw explain(world, error);
  }
}
