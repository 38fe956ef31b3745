import { adminWriters, emailText, idText, operation, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { peopleErrors } from '../../people/people/people.errors.ts';
import { organizationErrors } from '../organizations/organizations.errors.ts';
import { assignmentErrors } from './license-assignments.errors.ts';

const few = limitLedger['people.list'].value;
const text = z.string().max(limitLedger['people.detail'].value);
const verb = z.enum(['add', 'remove']).default('add');

/** Assigns and takes licences of one person, and their attendee roles on meeting sites. */
export const assignLicenses = operation({
  id: 'licenses.assign',
  method: 'PATCH',
  path: '/licenses/users',
  summary: 'Assign licenses to users',
  access: { grants: [{ as: 'admin', scopes: ['spark-admin:people_write'], roles: adminWriters }] },
  body: z.object({
    email: emailText.optional(),
    personId: wireUuid('PEOPLE').optional(),
    orgId: wireUuid('ORGANIZATION').optional(),
    licenses: z
      .array(
        z.object({
          id: text,
          operation: verb,
          properties: z
            .object({
              locationId: text.optional(),
              phoneNumber: text.optional(),
              extension: text.optional(),
            })
            .optional(),
        }),
      )
      .max(few)
      .optional(),
    siteUrls: z
      .array(z.object({ siteUrl: text, accountType: z.literal('attendee'), operation: verb }))
      .max(few)
      .optional(),
  }),
  response: z.strictObject({
    orgId: idText,
    personId: idText,
    email: z.string(),
    licenses: z.array(idText),
    siteUrls: z.array(z.strictObject({ siteUrl: z.string(), accountType: z.enum(['attendee', 'host']) })),
  }),
  otherSuccesses: [206],
  errors: [
    ...Object.values(assignmentErrors),
    peopleErrors['person.not_found'],
    organizationErrors['organization.not_found'],
  ],
  source: 'documented',
  coverage: {
    status: 'partial',
    testedBy: ['packages/platform/src/identity/license-assignments/license-assignments.test.ts'],
    note: 'Of people of other organizations no licence can be pending; calling licences keep extension and number only.',
  },
});
