import type { RoleName } from '@moothall/contract';
import { z } from 'zod';
import { entry } from './entry.ts';
import { email, hostName, key, name, scope, tokenText, uuid } from './field-forms.ts';

const roles = [
  'full_admin',
  'readonly_admin',
  'user_admin',
  'device_admin',
  'compliance_officer',
  'site_admin',
  'support_admin',
] as const satisfies readonly RoleName[];

const token = entry({
  /** Made when it is absent. */
  token: tokenText.optional(),
  scopes: z.array(scope).min(1, 'a token needs a scope, such as spark:all'),
});

/** A person. */
export const person = entry({
  key,
  id: uuid.optional(),
  email,
  displayName: name,
  firstName: name.optional(),
  lastName: name.optional(),
  password: z.string().min(1, 'it is empty').max(1024).optional(),
  roles: z.array(z.enum(roles)).default([]),
  licenses: z.array(key).default(['messaging', 'meetings']),
  tokens: z.array(token).default([]),
});

const appBase = { key, id: uuid.optional(), name, owner: key.optional() };
const webUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https URL' });

/** A bot: an account of its own with a token that does not expire. */
export const bot = entry({
  ...appBase,
  type: z.literal('bot'),
  /** Part of its address before the bots' domain. */
  username: z
    .string()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/, 'expected letters, digits, dots and dashes'),
  token: tokenText.optional(),
  clientId: z
    .string()
    .regex(/^C[0-9a-f]{64}$/, "expected 'C' and 64 hexadecimal digits")
    .optional(),
});

const integration = entry({
  ...appBase,
  type: z.literal('integration'),
  clientId: z.string().min(1).max(256).optional(),
  clientSecret: z.string().min(1).max(1024).optional(),
  redirectUris: z.array(webUrl).default([]),
  scopes: z.array(scope).default([]),
});

const guestIssuer = entry({
  ...appBase,
  type: z.literal('guest_issuer'),
  issuerId: z.string().min(1).max(256).optional(),
  secret: z.base64('expected base64').optional(),
});

const embedded = entry({
  ...appBase,
  type: z.literal('embedded'),
  startUrl: webUrl.optional(),
  validDomains: z.array(hostName).default([]),
  contexts: z.array(z.enum(['space', 'meeting'])).default([]),
  state: z.string().max(64).optional(),
  pii: z.boolean().optional(),
});

/** An app: bots run now, the other types are kept until their feature is there. */
export const app = z.discriminatedUnion('type', [bot, integration, guestIssuer, embedded], {
  error: (issue) =>
    issue.code === 'invalid_union' ? 'type must be bot, integration, guest_issuer or embedded' : undefined,
});
