import { resource } from '../../resource.ts';
import {
  enterSite,
  getDeployment,
  getSession,
  redeemSignInLink,
  signIn,
  signOut,
} from './sign-in.contract.ts';
import { signInErrors } from './sign-in.errors.ts';
import { mountSignIn } from './sign-in.routes.ts';

/** Signing in to our pages and out of them. */
export const accountSessions = resource({
  name: 'account-sessions',
  area: 'identity',
  operations: [getSession, getDeployment, signIn, redeemSignInLink, signOut, enterSite],
  routes: mountSignIn,
  errors: signInErrors,
});
