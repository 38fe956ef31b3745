import { ApiError } from '@moothall/core';
import type { World } from '../../world.ts';
import { frequentPasswords } from './frequent-passwords.data.ts';
import { passwordErrors } from './passwords.errors.ts';

/** Whose password it is to be. */
export type PasswordOwner = { email: string; displayName: string };

/** Longest unit that a password may not be made of by repetition alone, such as `abcabcabcabc`. */
const REPEATED = /^(.{1,4})\1+$/u;

function isRow(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  const steps = codes.slice(1).map((code, index) => (code - codes[index]! + 10) % 10);
  const allDigits = /^\d+$/.test(text);
  const apart = codes.slice(1).map((code, index) => code - codes[index]!);
  const isEven = (list: readonly number[]) => list.every((step) => step === list[0]);
  return isEven(apart) || (allDigits && isEven(steps) && steps[0] !== 0);
}

function isEasy(text: string, { email, displayName }: PasswordOwner): boolean {
  const lower = text.toLowerCase();
  const [local = ''] = email.toLowerCase().split('@');
  // Digits and signs at the end are what people add to please rules.
  const bare = lower.replace(/[\d\s\p{P}\p{S}]+$/u, '');
  const own = [email.toLowerCase(), local, displayName.toLowerCase(), 'moothall'];
  return (
    frequentPasswords.has(lower) ||
    own.includes(lower) ||
    own.includes(bare) ||
    REPEATED.test(lower) ||
    isRow(lower)
  );
}

/**
 * Refuses a password that somebody chooses when it is short or among the first that are tried. There are no
 * rules of composition (NIST SP 800-63B).
 * @throws ApiError 400 `password.too_short`, `password.too_easy`
 */
export function assertGoodPassword(
  { limits }: Pick<World, 'limits'>,
  password: string,
  owner: PasswordOwner,
): void {
  const text = password.normalize('NFC');
  const atLeast = limits.get('password.length');
  if ([...text].length < atLeast) {
    const parameters = { atLeast: String(atLeast) };
    throw new ApiError(passwordErrors['password.too_short'], { parameters });
  }
  if (isEasy(text, owner)) throw new ApiError(passwordErrors['password.too_easy']);
}
