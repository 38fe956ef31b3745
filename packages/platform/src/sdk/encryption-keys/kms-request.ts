import { ApiError, limitLedger, parseUuid, type Uuid } from '@moothall/core';
import { z } from 'zod';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';

/** What every request to the key service says, whatever else it asks. */
const envelope = z.looseObject({
  method: z.string().max(20),
  uri: z.string().max(2000),
  requestId: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'give 1 to 128 visible ASCII characters'),
  client: z.looseObject({
    clientId: z.string(),
    credential: z.looseObject({ userId: z.string(), bearer: z.string() }),
  }),
});

/** A request to the key service, as it stands in its encrypted form. */
export type KmsRequest = z.infer<typeof envelope>;

/**
 * Reads the text of an opened message.
 * @param field where the message stood, for the refusal
 * @throws ApiError 400 `kms.request_invalid`, which names the field
 */
export function readKmsRequest(text: string, field: string): KmsRequest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(`${field}: what it holds is no JSON.`, cause);
  }
  const result = envelope.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw invalid(`${[field, ...issue.path].join('.')}: ${issue.message}`, result.error);
}

function invalid(reason: string, cause?: unknown): ApiError {
  return new ApiError(encryptionKeyErrors['kms.request_invalid'], { parameters: { reason }, cause });
}

const uris = z.array(z.string()).max(limitLedger['kms.keys'].value);
const ids = z.array(z.string()).max(limitLedger['kms.authorizations'].value);

function readWith<Output>(schema: z.ZodType<Output>, request: KmsRequest, name: string): Output {
  const result = schema.safeParse(request[name]);
  if (result.success) return result.data;
  throw invalid(`${name}: ${result.error.issues[0]!.message}`, result.error);
}

/** A number of a request. @throws ApiError 400 `kms.request_invalid` */
export function numberOf(request: KmsRequest, name: string): number {
  return readWith(z.number(), request, name);
}

/** A text of a request. @throws ApiError 400 `kms.request_invalid` */
export function textOf(request: KmsRequest, name: string): string {
  return readWith(z.string(), request, name);
}

/** A list of URIs of a request, at most `kms.keys`. @throws ApiError 400 `kms.request_invalid` */
export function urisOf(request: KmsRequest, name: string): string[] {
  return readWith(uris, request, name);
}

/** UUID of a person. @throws ApiError 400 `kms.request_invalid` */
export function personIdOf(text: string, name: string): Uuid {
  const id = parseUuid(text);
  if (id === undefined) throw invalid(`${name}: expected the UUID of a person.`);
  return id;
}

/** A list of UUIDs of people in a request, at most `kms.authorizations`. @throws ApiError 400 `kms.request_invalid` */
export function personIdsOf(request: KmsRequest, name: string): Uuid[] {
  return readWith(ids, request, name).map((text) => personIdOf(text, name));
}
