import type { RandomBytes } from '@moothall/core';

/** Consonants without those that look alike (RFC 8628, 6.1): no words, few mistakes. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
const HALF = LENGTH / 2;
/** Bytes above are left out, so that each letter is as likely. */
const FAIR = 256 - (256 % LETTERS.length);

/** A new code for people to type. */
export function newUserCode(random: RandomBytes): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of random(LENGTH)) {
      if (byte < FAIR && code.length < LENGTH) code += LETTERS[byte % LETTERS.length];
    }
  }
  return code;
}

/** A code as it is shown: `ABCD-EFGH`. */
export function showUserCode(code: string): string {
  return `${code.slice(0, HALF)}-${code.slice(HALF)}`;
}

/** A code as it was typed: in any case, with or without the dash. */
export function readUserCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z]/g, '');
}
