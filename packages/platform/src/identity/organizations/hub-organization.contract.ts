import { adminPageAccess, adminReaders, flag, idText, operation, timeText } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { organizationErrors } from './organizations.errors.ts';

const hub = {
  base: '/hub/api',
  plane: 'page',
  source: 'decided',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/organizations/hub-organization.test.ts'],
  },
} as const;

/** An organisation with its settings. */
export const hubOrganization = z.strictObject({
  id: idText,
  displayName: z.string(),
  created: timeText,
  /** The cloud that it is on (F50); nobody changes it. */
  profile: z.enum(['standard', 'gov']),
  isSandbox: z.boolean(),
  /** Mail domains that are its own. */
  domains: z.array(z.string()),
  siteUrl: z.string().optional(),
  /** Whether people see the presence of each other (F37). */
  sharesPresence: z.boolean(),
  /** Where help is to be had; the operator of the deployment sets it (F1). */
  supportContact: z.string(),
  /** To be sent back with a change. */
  version: timeText,
});

/** Shows the organisation and its settings. */
export const getHubOrganization = operation({
  ...hub,
  id: 'hub.organization.get',
  method: 'GET',
  path: '/organization',
  summary: 'Show the organization',
  access: adminPageAccess('hub', adminReaders),
  response: hubOrganization,
});

/** Changes settings of the organisation; what is left out stays. */
export const changeHubOrganization = operation({
  ...hub,
  id: 'hub.organization.change',
  method: 'PUT',
  path: '/organization',
  summary: 'Change the organization',
  access: adminPageAccess('hub'),
  body: z.object({
    /** As it was read. */
    version: z.string(),
    displayName: z.string().trim().min(1).max(limitLedger['people.name'].value).optional(),
    sharesPresence: flag.optional(),
  }),
  response: hubOrganization,
  errors: [organizationErrors['organization.changed_meanwhile']],
});
