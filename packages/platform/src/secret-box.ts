import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { RandomBytes } from '@moothall/core';

/** Encrypts what must be kept but not read from a stolen database: webhook secrets, keys. */
export interface SecretBox {
  seal(plain: string): string;
  /** @throws Error when the text was changed or sealed with another key */
  open(sealed: string): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a key derived from `MOOT_SECRET_KEY`; the form is base64 of nonce, tag and text.
 * @param secretKey tells the key; asked once, at the first use
 */
export function createSecretBox(secretKey: () => string, random: RandomBytes): SecretBox {
  let derived: Buffer | undefined;
  const key = () => (derived ??= createHash('sha256').update(`moothall secret box\0${secretKey()}`).digest());
  return {
    seal(plain) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key(), nonce);
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
  };
}
