import { emailText, idText, listOf, operation, pageAccess, timeText, wireUuid } from '@moothall/contract';
import { z } from 'zod';
import { peopleErrors } from '../../people/people/people.errors.ts';
import { passwordErrors } from '../passwords/passwords.errors.ts';
import { sandboxErrors } from './sandboxes.errors.ts';

const page = {
  plane: 'page',
  source: 'decided',
  coverage: {
    status: 'done',
    testedBy: [
      'packages/platform/src/identity/sandboxes/sandboxes.test.ts',
      'packages/platform/src/identity/sandboxes/isolation.test.ts',
    ],
  },
} as const;

/** A sandbox as its developer sees it. */
export const sandbox = z.strictObject({
  id: z.uuid(),
  status: z.enum(['ready', 'ended']),
  isSandbox: z.literal(true),
  orgId: idText,
  /** Name of the organisation. */
  name: z.string(),
  domain: z.string(),
  adminEmail: z.string(),
  people: z.number().int(),
  peopleLimit: z.number().int(),
  created: timeText,
  lastActivity: timeText,
  /** When it ends unless somebody acts in it. */
  endsAt: timeText,
});

/** What was asked for: a link that signs in as its administrator goes out by mail, and stands here in the lab. */
const requested = z.strictObject({ loginLink: z.url().optional() });

/** Tells what a developer accepts with a sandbox. */
export const getSandboxTerms = operation({
  ...page,
  id: 'sandboxes.terms',
  method: 'GET',
  base: '/idb/api',
  path: '/sandbox-terms',
  summary: 'Show the terms of developer sandboxes',
  response: z.strictObject({ termsVersion: z.string(), terms: z.array(z.string()) }),
});

/** Asks for a sandbox without an account; the answer is the same whoever has the address. */
export const requestSandboxAsVisitor = operation({
  ...page,
  id: 'sandboxes.requestAsVisitor',
  method: 'POST',
  base: '/idb/api',
  path: '/sandboxes',
  summary: 'Request a developer sandbox without an account',
  body: z.object({ email: emailText, termsVersion: z.string() }),
  response: requested.extend({ status: z.literal('requested') }),
  errors: [
    sandboxErrors['sandbox.terms'],
    peopleErrors['person.email_refused'],
    passwordErrors['sign_in.throttled'],
  ],
});

/** Asks for a sandbox; who has one gets a new link to it. */
export const requestSandbox = operation({
  ...page,
  id: 'sandboxes.request',
  method: 'POST',
  base: '/portal/api',
  path: '/sandboxes',
  summary: 'Request a developer sandbox',
  access: pageAccess('portal'),
  body: z.object({ termsVersion: z.string() }),
  response: sandbox.extend(requested.shape),
  errors: [sandboxErrors['sandbox.terms'], sandboxErrors['sandbox.inside_one']],
});

/** Lists the caller's sandboxes, those that ended too. */
export const listSandboxes = operation({
  ...page,
  id: 'sandboxes.list',
  method: 'GET',
  base: '/portal/api',
  path: '/sandboxes',
  summary: 'List my developer sandboxes',
  access: pageAccess('portal'),
  response: listOf(sandbox),
});

/** Shows a sandbox of the caller. */
export const getSandbox = operation({
  ...page,
  id: 'sandboxes.get',
  method: 'GET',
  base: '/portal/api',
  path: '/sandboxes/{sandboxId}',
  summary: 'Show a developer sandbox',
  access: pageAccess('portal'),
  params: z.object({ sandboxId: wireUuid() }),
  response: sandbox,
  errors: [sandboxErrors['sandbox.not_found']],
});
