import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { ApiError, generalErrors } from '@moothall/core';
import { assertStorable } from './json-body.ts';
import type { HttpPorts, UploadedFile } from './ports.ts';

/** Fields of a form; a name that is repeated becomes a list. */
export type FormFields = Record<string, string | string[]>;

/** A parsed multipart body. */
export type MultipartBody = { fields: FormFields; files: UploadedFile[] };

const FIELD_LIMIT_BYTES = 262_144;

function malformed(reason: string): ApiError {
  return new ApiError(generalErrors['request.malformed_body'], { parameters: { reason } });
}

function addField(fields: FormFields, name: string, value: string): void {
  const before = fields[name];
  fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
}

/** Reads `application/x-www-form-urlencoded`. @throws ApiError 400 */
export function parseUrlEncoded(text: string): FormFields {
  const fields: FormFields = Object.create(null) as FormFields;
  for (const [name, value] of new URLSearchParams(text)) addField(fields, name, value);
  assertStorable(fields);
  return fields;
}

function openParser(headers: IncomingMessage['headers']): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: { fieldSize: FIELD_LIMIT_BYTES, fields: 100, files: 20, parts: 120, headerPairs: 100 },
    });
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

/**
 * Reads a multipart body; file parts are streamed to the blob store as they come. A part named as
 * a file without a file name is a field.
 * @throws ApiError 400 for a broken form, 413 for a file over the limit
 */
export function parseMultipart(
  request: IncomingMessage,
  acceptFile: HttpPorts['acceptFile'],
  onlyFields: boolean,
): Promise<MultipartBody> {
  const parser = openParser(request.headers);
  const fields: FormFields = Object.create(null) as FormFields;
  const storing: Promise<UploadedFile>[] = [];
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      request.unpipe(parser);
      request.resume();
      reject(error instanceof ApiError ? error : malformed(error.message));
    };
    parser.on('field', (name, value, _nameTruncated, valueTruncated) => {
      if (valueTruncated) fail(malformed(`the field ${name} is larger than ${FIELD_LIMIT_BYTES} bytes`));
      else addField(fields, name, value);
    });
    parser.on('file', (_name, stream, fileName, _encoding, mimeType) => {
      if (onlyFields) return void stream.resume();
      const stored = acceptFile(stream, fileName ?? 'file', mimeType);
      stored.catch(fail);
      storing.push(stored);
    });
    parser.on('error', (error) => fail(error as Error));
    parser.on('finish', () => {
      Promise.all(storing)
        .then((files) => {
          assertStorable([fields, files.map((file) => file.fileName)]);
          resolve({ fields, files });
        })
        .catch(fail);
    });
    request.on('aborted', () => fail(malformed('the connection was closed')));
    request.on('error', fail);
    request.pipe(parser);
  });
}
