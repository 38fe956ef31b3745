import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** Recognises a secret key without holding it: salt and scrypt hash, both base64. */
export type KeyCheck = { salt: string; hash: string };

const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** Makes the check of a key. */
export function keyCheckOf(secretKey: string): KeyCheck {
  const salt = randomBytes(SALT_BYTES);
  return { salt: salt.toString('base64'), hash: scryptSync(secretKey, salt, HASH_BYTES).toString('base64') };
}

/** Whether a key is the one that the check was made of. */
export function matchesKey(check: KeyCheck, secretKey: string): boolean {
  const expected = Buffer.from(check.hash, 'base64');
  const found = scryptSync(secretKey, Buffer.from(check.salt, 'base64'), HASH_BYTES);
  return expected.length === found.length && timingSafeEqual(expected, found);
}
