import { resource } from '../../resource.ts';
import { signInLinkErrors } from './sign-in-links.errors.ts';
import { signInLinkMigrations } from './sign-in-links.table.ts';

export { signInLinkErrors } from './sign-in-links.errors.ts';
export {
  createSignInLink,
  createSignInLinks,
  type MadeSignInLink,
  type NewSignInLink,
  signInUrl,
  takeSignInLink,
  type UsedSignInLink,
  voidSignInLinks,
} from './sign-in-links.service.ts';
export type { SignInPurpose } from './sign-in-links.table.ts';

/** Links that sign in: for the invited, the forgetful, the first administrator, and the lab. */
export const signInLinks = resource({
  name: 'sign-in-links',
  area: 'identity',
  operations: [],
  errors: signInLinkErrors,
  migrations: signInLinkMigrations,
});
