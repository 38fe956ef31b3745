import type { Mount } from '@moothall/http';
import { resource } from '../../resource.ts';
import type { World } from '../../world.ts';
import { setPassword } from './passwords.contract.ts';
import { passwordErrors } from './passwords.errors.ts';
import { passwordMigrations } from './passwords.table.ts';
import { setOwnPassword } from './set-password.ts';

export { hashLightly, hashPassword, isOutdated, matchesPassword } from './hashing.ts';
export { assertGoodPassword, type PasswordOwner } from './password-rules.ts';
export { canonicalEmail, clearGuess, countGuess, countResetMail, type Guess } from './tries.ts';

function mountPasswords(mount: Mount, world: World): void {
  mount(setPassword, async (request) => void (await setOwnPassword(world, request, request.body)));
}

/** Passwords, and how often they may be guessed. */
export const passwords = resource({
  name: 'passwords',
  area: 'identity',
  operations: [setPassword],
  routes: mountPasswords,
  errors: passwordErrors,
  migrations: passwordMigrations,
});
