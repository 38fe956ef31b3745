import { ApiError } from '@moothall/core';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { findKey, loadContentKey } from './content-keys.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Encrypts a text as compact JWE (`dir`, A256GCM). @param k 256 bits, base64url @param kid what the key is called */
export function sealText(text: string, k: string, kid: string): Promise<string> {
  return new CompactEncrypt(encoder.encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
    .encrypt(Buffer.from(k, 'base64url'));
}

/** Opens what `sealText` made. @throws Error when it was made with another key or in another way */
export async function openText(jwe: string, k: string): Promise<string> {
  const { plaintext } = await compactDecrypt(jwe, Buffer.from(k, 'base64url'), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return decoder.decode(plaintext);
}

/** The key that a JWE says it is encrypted with; undefined for what is no JWE or does not say. */
export function keyIdOf(jwe: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(jwe) as { kid?: unknown };
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

/** Encrypts content of a room for its members. @throws ApiError 404 `kms.key_not_found` */
export async function encryptContent(world: World, keyUri: string, text: string): Promise<string> {
  const key = await loadContentKey(world, keyUri);
  if (!key) throw new ApiError(encryptionKeyErrors['kms.key_not_found']);
  return sealText(text, key.k, key.uri);
}

/**
 * Opens content that the caller encrypted.
 * @param keyUri what they say that they encrypted it with
 * @param field name of the field that holds the content, for the refusal
 * @throws ApiError 404 `kms.key_not_found` when they are not authorised to the key, 400 `kms.content_unreadable`
 */
export async function decryptContent(
  world: World,
  decider: Decider,
  keyUri: string,
  content: { jwe: string; field: string },
): Promise<string> {
  const key = await findKey(world, decider, keyUri);
  try {
    return await openText(content.jwe, key.k);
  } catch (cause) {
    const parameters = { field: content.field };
    throw new ApiError(encryptionKeyErrors['kms.content_unreadable'], { parameters, cause });
  }
}
