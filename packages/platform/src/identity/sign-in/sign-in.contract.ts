import { idText, operation, pageAccess } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { z } from 'zod';
import { passwordText } from '../passwords/password-text.contract.ts';
import { passwordErrors } from '../passwords/passwords.errors.ts';
import { signInLinkErrors } from '../sign-in-links/sign-in-links.errors.ts';
import { tokenErrors } from '../tokens/tokens.errors.ts';
import { signInErrors } from './sign-in.errors.ts';

const base = '/idb/api';
const plane = 'page' as const;
const coverage = {
  status: 'done',
  testedBy: ['packages/platform/src/identity/sign-in/sign-in.test.ts'],
} as const;

const deploymentFields = {
  mode: z.enum(['lab', 'production']),
  behaviour: z.enum(['faq', 'cloud']),
  /** A mail address or URL (F1). */
  supportContact: z.string(),
};

/** Who is signed in, with what a page needs to know before it shows anything. */
export const accountSession = z.strictObject({
  /** To be sent as `X-CSRF-Token` with each change. */
  csrfToken: z.string(),
  sessionId: idText,
  person: z.strictObject({
    id: idText,
    displayName: z.string(),
    email: z.string(),
    orgId: idText,
    organizationName: z.string(),
    avatar: z.string().optional(),
    /** Names of roles, such as full_admin. */
    roles: z.array(z.string()),
  }),
  /** Sites that this session has entered. */
  sites: z.array(z.enum(['portal', 'hub'])),
  /** Whether the person may enter the hub. */
  mayEnterHub: z.boolean(),
  /** Whether the person has a password at all. */
  hasPassword: z.boolean(),
  /** Whether a new password asks for the one before. */
  asksForPassword: z.boolean(),
  ...deploymentFields,
});

/** Tells who is signed in. */
export const getSession = operation({
  id: 'session.get',
  method: 'GET',
  base,
  path: '/session',
  plane,
  summary: 'Show who is signed in',
  access: pageAccess('account'),
  response: accountSession,
  source: 'decided',
  coverage,
});

/** Tells what pages show of the deployment to anybody. */
export const getDeployment = operation({
  id: 'deployment.get',
  method: 'GET',
  base,
  path: '/deployment',
  plane,
  summary: 'Show the deployment',
  response: z.strictObject({ product: z.string(), ...deploymentFields }),
  source: 'decided',
  coverage,
});

/** Signs in with a password; the reply sets the cookie of a new session. */
export const signIn = operation({
  id: 'session.signIn',
  method: 'POST',
  base,
  path: '/sign-in',
  plane,
  summary: 'Sign in with e-mail address and password',
  body: z.object({ email: z.string().trim().min(1).max(254), password: passwordText }),
  response: accountSession,
  errors: [
    signInErrors['sign_in.refused'],
    passwordErrors['sign_in.throttled'],
    passwordErrors['sign_in.busy'],
  ],
  source: 'decided',
  coverage,
});

/** Signs in with a link; it works once, but in the lab those of its people do for good. */
export const redeemSignInLink = operation({
  id: 'session.redeemLink',
  method: 'POST',
  base,
  path: '/sign-in-links/redeem',
  plane,
  summary: 'Sign in with a link',
  body: z.object({ token: z.string().min(1).max(256) }),
  response: accountSession,
  errors: [signInLinkErrors['sign_in_link.invalid']],
  source: 'decided',
  coverage: { status: 'done', testedBy: ['packages/platform/src/identity/sign-in/sign-in-links.test.ts'] },
});

/** Ends the session of the cookie, if it is one, and takes the cookie away. */
export const signOut = operation({
  id: 'session.signOut',
  method: 'POST',
  base,
  path: '/sign-out',
  plane,
  summary: 'Sign out',
  source: 'decided',
  coverage,
});

/** Enters the portal or the hub; that takes one slot of the token ledger. */
export const enterSite = operation({
  id: 'session.enterSite',
  method: 'POST',
  base,
  path: '/sites',
  plane,
  summary: 'Enter the portal or the hub',
  access: pageAccess('account'),
  body: z.object({ site: z.enum(['portal', 'hub']) }),
  response: accountSession,
  errors: [
    tokenErrors['token.limit_reached'],
    signInErrors['sign_in.not_an_administrator'],
    generalErrors['session.required'],
  ],
  source: 'decided',
  coverage,
});
