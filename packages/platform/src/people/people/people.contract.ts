import {
  type Access,
  adminReaders,
  adminWriters,
  emailText,
  flag,
  listOf,
  operation,
  pageSize,
  textList,
  wireUuid,
} from '@moothall/contract';
import { z } from 'zod';
import { organizationErrors } from '../../identity/organizations/organizations.errors.ts';
import { peopleErrors } from './people.errors.ts';
import { locationId, oneEmail, person, personDetails } from './person.contract.ts';

const folder = 'packages/platform/src/people/people';
const readTests = [`${folder}/people.test.ts`, `${folder}/presence.test.ts`];
const writeTests = [`${folder}/manage-people.test.ts`];

const READ = ['spark-admin:people_read'];
const asAdmin = { as: 'admin', scopes: READ, roles: adminReaders } as const;
const readAccess: Access = { grants: [asAdmin, { as: 'user', scopes: ['spark:people_read'] }] };
const writeAccess: Access = {
  grants: [{ as: 'admin', scopes: ['spark-admin:people_write'], roles: adminWriters }],
};
const params = z.object({ personId: wireUuid('PEOPLE') });

/** Shows the caller, of whatever type. */
export const getMe = operation({
  id: 'people.me',
  method: 'GET',
  path: '/people/me',
  summary: 'Get my own details',
  access: { grants: [asAdmin, { as: 'user', scopes: ['spark:people_read', ...READ] }] },
  response: person,
  source: 'documented',
  coverage: { status: 'done', testedBy: readTests },
});

/** Lists people of the caller's organisation, or looks people of any up by their ids. */
export const listPeople = operation({
  id: 'people.list',
  method: 'GET',
  path: '/people',
  summary: 'List people',
  access: readAccess,
  query: z.object({
    email: emailText.optional(),
    displayName: z.string().trim().optional(),
    id: textList.optional(),
    orgId: wireUuid('ORGANIZATION').optional(),
    roles: textList.optional(),
    locationId: locationId.optional(),
    excludeStatus: flag.optional(),
    callingData: flag.optional(),
    max: pageSize(100, 1000),
    cursor: z.string().optional(),
  }),
  response: listOf(person),
  errors: [
    peopleErrors['people.not_narrowed'],
    peopleErrors['people.too_many_ids'],
    peopleErrors['people.unknown_role'],
    organizationErrors['organization.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: readTests },
});

/** Shows a person. */
export const getPerson = operation({
  id: 'people.get',
  method: 'GET',
  path: '/people/{personId}',
  summary: 'Get person details',
  access: readAccess,
  params,
  response: person,
  errors: [peopleErrors['person.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy: readTests },
});

/** Creates a person in the caller's organisation and invites them. */
export const createPerson = operation({
  id: 'people.create',
  method: 'POST',
  path: '/people',
  summary: 'Create a person',
  access: writeAccess,
  body: personDetails.extend({ emails: oneEmail }),
  response: person,
  errors: [
    peopleErrors['person.nameless'],
    peopleErrors['person.email_refused'],
    peopleErrors['person.bot_address'],
    peopleErrors['person.exists'],
    peopleErrors['person.sandbox_full'],
    organizationErrors['organization.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: writeTests },
});

/** Replaces the details of a person: what is left out is removed. */
export const updatePerson = operation({
  id: 'people.update',
  method: 'PUT',
  path: '/people/{personId}',
  summary: 'Update a person',
  access: writeAccess,
  params,
  body: personDetails.extend({ emails: oneEmail.optional(), loginEnabled: flag.optional() }),
  response: person,
  errors: [
    peopleErrors['person.not_found'],
    peopleErrors['person.nameless'],
    peopleErrors['person.email_refused'],
    peopleErrors['person.bot_address'],
    peopleErrors['person.self_deactivation'],
    peopleErrors['person.last_admin'],
    peopleErrors['person.exists'],
    organizationErrors['organization.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: writeTests },
});

/** Deletes a person. */
export const deletePerson = operation({
  id: 'people.delete',
  method: 'DELETE',
  path: '/people/{personId}',
  summary: 'Delete a person',
  access: writeAccess,
  params,
  errors: [
    peopleErrors['person.not_found'],
    peopleErrors['person.self_deletion'],
    peopleErrors['person.last_admin'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: writeTests },
});
