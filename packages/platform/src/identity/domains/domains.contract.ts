import { adminPageAccess, adminReaders, listOf, operation } from '@moothall/contract';
import { z } from 'zod';
import { organizationErrors } from '../organizations/organizations.errors.ts';

const hub = {
  base: '/hub/api',
  path: '/domains',
  plane: 'page',
  source: 'decided',
  coverage: { status: 'partial', testedBy: ['packages/platform/src/identity/domains/domains.test.ts'] },
} as const;

/** A mail domain of an organisation, in ASCII form; only verified ones are kept. */
const domain = z.strictObject({ name: z.string(), status: z.literal('verified') });

/** Lists the mail domains of the organisation. */
export const listDomains = operation({
  ...hub,
  id: 'hub.domains.list',
  method: 'GET',
  summary: 'List mail domains',
  access: adminPageAccess('hub', adminReaders),
  response: listOf(domain),
  coverage: { ...hub.coverage, status: 'done' },
});

/** Claims a mail domain: people who are invited by an address of it then belong to the organisation. */
export const claimDomain = operation({
  ...hub,
  id: 'hub.domains.claim',
  method: 'POST',
  summary: 'Claim a mail domain',
  access: adminPageAccess('hub'),
  body: z.object({ name: z.string().trim().max(253) }),
  response: domain,
  errors: [
    organizationErrors['domain.invalid'],
    organizationErrors['domain.taken'],
    organizationErrors['domain.not_verifiable'],
  ],
  coverage: {
    ...hub.coverage,
    note: 'The lab believes the claim; in production nothing proves it yet, and the answer is 501.',
  },
});
