import { emailText } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';

/** Kinds of apps as pages name them. */
export const appType = z.enum(['bot', 'integration', 'guest_issuer', 'service_app', 'embedded']);

/** Names of the drawn icons. */
export const iconName = z.enum([
  'default-1',
  'default-2',
  'default-3',
  'default-4',
  'default-5',
  'default-6',
]);

const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const WITHOUT_BREAKS = 'expected one line without control characters';

/** What an app is called. */
export const appName = z
  .string()
  .trim()
  .min(1, 'give a name')
  .max(limitLedger['app.name'].value)
  .regex(ONE_LINE, WITHOUT_BREAKS);

/** What an app is for; Markdown of links and lists. */
export const description = z.string().trim().max(limitLedger['app.description'].value);

/** Schemes whose addresses run code or read files in the browser that is sent there. */
const DANGEROUS = new Set([
  'javascript',
  'data',
  'vbscript',
  'file',
  'blob',
  'about',
  'filesystem',
  'view-source',
]);

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Why a text is no address that a browser may be sent back to; undefined when it is one. */
function redirectUriFault(text: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  const url = parsed(text);
  if (!scheme || !url || !/^[\x21-\x7e]+$/.test(text))
    return 'write the whole address, such as https://app.example.com/callback';
  if (text.includes('#')) return "leave out the part from '#' on";
  if (DANGEROUS.has(scheme)) return `addresses of the scheme ${scheme} are not allowed`;
  if (url.username || url.password) return 'leave out user name and password';
  if (text.length === scheme.length + 1) return 'name a place after the scheme';
  const isWeb = scheme === 'http' || scheme === 'https';
  if (isWeb && !/^https?:\/\/[^/?]/i.test(text)) return 'name a host after //';
  if (url.host.includes('*')) return 'write the exact address: there are no wildcards';
  return undefined;
}

const redirectUri = z
  .string()
  .max(limitLedger['app.url'].value)
  .superRefine((text, context) => {
    const fault = redirectUriFault(text);
    if (fault)
      context.addIssue({ code: 'custom', message: `redirectUris: '${text.slice(0, 200)}': ${fault}.` });
  });

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}

/** Where an integration may send the browser back to: absolute addresses, compared exactly. */
export const redirectUris = z
  .array(redirectUri)
  .min(1, 'give at least one address')
  .max(limitLedger['app.redirect_uris'].value)
  .transform(distinct);

/** Scopes that an app registers; each must be in the catalogue. */
export const scopes = z
  .array(z.string().max(128))
  .min(1, 'choose at least one scope')
  .max(200)
  .transform(distinct);

/** An address that a page of an embedded app is at. */
const pageUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http or https address' })
  .max(limitLedger['app.url'].value);

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/,
    'expected a domain such as notes.example.com',
  );

/** What an embedded app is made of, beside name and description. */
export const embeddedFields = {
  contexts: z
    .array(z.enum(['meeting', 'space', 'sidebar']))
    .min(1, 'choose where the app works')
    .transform((contexts) => [...new Set(contexts)]),
  summary: z.string().trim().max(limitLedger['app.summary'].value),
  tagline: z.string().trim().max(limitLedger['app.tagline'].value),
  validDomains: z
    .array(domain)
    .min(1, 'give at least one domain')
    .max(limitLedger['app.domains'].value)
    .transform(distinct),
  startUrl: pageUrl,
  meetingStartUrl: pageUrl,
  spaceStartUrl: pageUrl,
  sidebarStartUrl: pageUrl,
  layout: z.enum(['side_panel', 'main_view']),
  sidebarAlwaysOn: z.boolean(),
};

/** Whom to ask about a service app. */
export const contactEmail = emailText;
