import { idText, listOf, operation, pageAccess, pageSize, timeText } from '@moothall/contract';
import { parseUuid, type Uuid } from '@moothall/core';
import { z } from 'zod';
import { ownSessionErrors } from './own-sessions.errors.ts';

const common = {
  base: '/idb/api',
  plane: 'page',
  access: pageAccess('account'),
  source: 'decided',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/own-sessions/own-sessions.test.ts'],
  },
} as const;

const sessionId = z.string().transform((text, context): Uuid => {
  const id = parseUuid(text);
  if (id !== undefined) return id;
  context.issues.push({ code: 'custom', message: 'id: expected a UUID of the list', input: text });
  return z.NEVER;
});

const cursor = z.string().max(300).optional();

/** A session of the account: a browser that is signed in, or an active access token, which takes a slot. */
const ownSession = z.strictObject({
  id: idText,
  /** `site` is a page of ours that a browser has entered; the others say what the token was issued to. */
  kind: z.enum([
    'browser',
    'site',
    'personal',
    'integration',
    'bot',
    'guest_issuer',
    'service_app',
    'embedded',
  ]),
  clientName: z.string(),
  clientId: z.string().optional(),
  created: timeText,
  lastUsed: timeText.optional(),
  /** Absent: it does not expire. */
  expires: timeText.optional(),
  userAgent: z.string().optional(),
  ip: z.string().optional(),
  /** The browser that asks, and the sites that it has entered. */
  current: z.boolean(),
});

/** Lists the caller's sessions, newest first: browsers, and every active token (F21). */
export const listOwnSessions = operation({
  ...common,
  id: 'me.sessions.list',
  method: 'GET',
  path: '/me/sessions',
  summary: 'List my sessions and active tokens',
  query: z.object({ max: pageSize(100, 1000), cursor }),
  response: listOf(ownSession).omit({ notFoundIds: true }).extend({
    /** Active access tokens of the account. */
    count: z.int(),
    /** How many there may be. */
    limit: z.int(),
  }),
});

/** Ends one session (END SESSION): a browser with its sites, or a token with the refresh token of its grant. */
export const endOwnSession = operation({
  ...common,
  id: 'me.sessions.end',
  method: 'DELETE',
  path: '/me/sessions/{id}',
  summary: 'End one of my sessions',
  params: z.object({ id: sessionId }),
  errors: [ownSessionErrors['own_session.not_found']],
});

/** Ends every session but the one that asks, and every token. */
export const endOtherSessions = operation({
  ...common,
  id: 'me.sessions.endOthers',
  method: 'POST',
  path: '/me/sessions/end-others',
  summary: 'End all my other sessions',
  response: z.strictObject({
    /** Browsers and tokens that were ended. */
    ended: z.int(),
    count: z.int(),
    limit: z.int(),
  }),
});

const ownGrant = z.strictObject({
  clientId: z.string(),
  clientName: z.string(),
  scopes: z.array(z.string()),
  /** When the app was allowed first. */
  created: timeText,
  lastUsed: timeText.optional(),
  activeTokens: z.int(),
});

/** Lists the apps that the caller allowed something, by name of the app. */
export const listOwnGrants = operation({
  ...common,
  id: 'me.grants.list',
  method: 'GET',
  path: '/me/grants',
  summary: 'List the apps that I allowed',
  query: z.object({ max: pageSize(100, 1000), cursor }),
  response: listOf(ownGrant).omit({ notFoundIds: true }),
});

/** Takes back all that the caller allowed an app: its tokens are refused at once. */
export const revokeOwnGrant = operation({
  ...common,
  id: 'me.grants.revoke',
  method: 'DELETE',
  path: '/me/grants/{clientId}',
  summary: 'Take back what I allowed an app',
  params: z.object({ clientId: z.string().min(1).max(256) }),
  errors: [ownSessionErrors['own_grant.not_found']],
});
