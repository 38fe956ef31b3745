import { resource } from '../../resource.ts';
import { passwordErrors } from './passwords.errors.ts';
import { passwordMigrations } from './passwords.table.ts';

export { hashLightly, hashPassword, isOutdated, matchesPassword } from './hashing.ts';
export { passwordErrors } from './passwords.errors.ts';
export { canonicalEmail, clearGuess, countGuess, countResetMail, type Guess } from './tries.ts';

/** Passwords, and how often they may be guessed. */
export const passwords = resource({
  name: 'passwords',
  area: 'identity',
  operations: [],
  errors: passwordErrors,
  migrations: passwordMigrations,
});
