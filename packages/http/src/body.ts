import type { IncomingMessage } from 'node:http';
import type { Operation } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import { parseMultipart, parseUrlEncoded } from './form-body.ts';
import { decodeUtf8, parseJsonBody } from './json-body.ts';
import type { HttpPorts, UploadedFile } from './ports.ts';

/** A body as its type says, before the contract decodes it. */
export type ParsedBody = { value: unknown; files: readonly UploadedFile[] };

const NO_FILES: readonly UploadedFile[] = [];

/** @param keeps false for a body that nobody looks at */
function collect(request: IncomingMessage, limitBytes: number, keeps = true): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) {
        if (keeps) chunks.push(chunk);
      } else if (size - chunk.length <= limitBytes) {
        reject(tooLarge(limitBytes));
      }
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('aborted', () =>
      reject(
        new ApiError(generalErrors['request.malformed_body'], {
          parameters: { reason: 'the connection was closed' },
        }),
      ),
    );
    request.on('error', reject);
  });
}

function tooLarge(limitBytes: number): ApiError {
  return new ApiError(generalErrors['body.too_large'], { parameters: { limitBytes: String(limitBytes) } });
}

function unsupported(contentType: string): ApiError {
  return new ApiError(generalErrors['content_type.not_supported'], { parameters: { contentType } });
}

function hasBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  );
}

/** Clients with typed fields send null for what they leave out; the real service takes it for absent (as observed). */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.values(value).includes(null)
    ? Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null))
    : value;
}

/**
 * Reads a request's body by its content type: JSON, a form, or multipart with stored files.
 * A field of a JSON body that is null is left out; what lies deeper stays as it is.
 * @throws ApiError 400, 413 or 415 (a missing type is reported as text/plain, as observed)
 */
export async function readBody(
  request: IncomingMessage,
  operation: Operation,
  limitBytes: number,
  acceptFile: HttpPorts['acceptFile'],
): Promise<ParsedBody> {
  if (operation.discardsBody) await collect(request, limitBytes, false);
  if (!operation.body) return { value: undefined, files: NO_FILES };
  const type = request.headers['content-type'];
  const media = type?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!hasBody(request) && media === '') return { value: {}, files: NO_FILES };
  if (media === 'multipart/form-data') {
    const { fields, files } = await parseMultipart(request, acceptFile, operation.multipart !== true);
    return { value: fields, files };
  }
  if (media === 'application/json' || media.endsWith('+json')) {
    const value = parseJsonBody(await collect(request, limitBytes)) ?? {};
    return { value: withoutNulls(value), files: NO_FILES };
  }
  if (media === 'application/x-www-form-urlencoded') {
    return { value: parseUrlEncoded(decodeUtf8(await collect(request, limitBytes))), files: NO_FILES };
  }
  throw unsupported(type ?? 'text/plain');
}
