import {
  adminPageAccess,
  adminReaders,
  adminWriters,
  emailText,
  flag,
  idText,
  listOf,
  operation,
  pageSize,
  textList,
  timeText,
  wireUuid,
} from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { peopleErrors } from '../people/people.errors.ts';
import { administrationErrors } from './people-administration.errors.ts';

const testedBy = [
  'packages/platform/src/people/people-administration/people-administration.test.ts',
  'packages/platform/src/people/people-administration/change-user.test.ts',
];
const hub = {
  base: '/hub/api',
  plane: 'page',
  source: 'decided',
  coverage: { status: 'done', testedBy },
} as const;
const readAccess = adminPageAccess('hub', adminReaders);
const writeAccess = adminPageAccess('hub', adminWriters);

const roleNames = [
  'full_admin',
  'readonly_admin',
  'user_admin',
  'device_admin',
  'compliance_officer',
  'site_admin',
  'support_admin',
] as const;
const roleName = z.enum(roleNames);
const name = z.string().trim().max(limitLedger['people.name'].value);
const detail = z.string().trim().max(limitLedger['people.detail'].value);
const params = z.object({ personId: wireUuid('PEOPLE') });

/** Where an account stands: `pending` was invited and never came, `inactive` may not sign in. */
const accountStatus = z.enum(['active', 'pending', 'inactive']);

/** A person as lists of administrators have them. */
export const hubUser = z.strictObject({
  id: idText,
  email: z.string(),
  displayName: z.string(),
  status: accountStatus,
  roles: z.array(roleName),
  /** Ids of licences. */
  licenses: z.array(idText),
  created: timeText,
  lastActivity: timeText.optional(),
  /** To be sent back with a change. */
  version: timeText,
});

/** A person with all that administrators see of them. */
export const hubUserDetails = hubUser.extend({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  title: z.string().optional(),
  department: z.string().optional(),
  avatar: z.string().optional(),
  orgId: idText,
  loginEnabled: z.boolean(),
  /** How many apps of each kind they answer for. */
  ownedApps: z.array(z.strictObject({ kind: z.string(), count: z.number().int() })),
  /** Said before they are deactivated or deleted, where they own apps. */
  ownershipWarning: z.string().optional(),
});

const newUser = z.object({
  email: emailText,
  displayName: name.optional(),
  firstName: name.optional(),
  lastName: name.optional(),
  title: detail.optional(),
  department: detail.optional(),
  roles: z.array(roleName).optional(),
  licenses: textList.optional(),
});

/** Counts what the hub's first page shows. */
export const getOverview = operation({
  ...hub,
  id: 'hub.overview',
  method: 'GET',
  path: '/overview',
  summary: 'Show counts of the organisation',
  access: readAccess,
  response: z.strictObject({
    organization: z.strictObject({ id: idText, displayName: z.string(), isSandbox: z.boolean() }),
    people: z.strictObject({
      total: z.number().int(),
      active: z.number().int(),
      pending: z.number().int(),
      inactive: z.number().int(),
    }),
    apps: z.array(z.strictObject({ kind: z.string(), count: z.number().int() })),
    licenses: z.array(
      z.strictObject({
        id: idText,
        name: z.string(),
        totalUnits: z.number().int(),
        consumedUnits: z.number().int(),
      }),
    ),
  }),
});

/** Lists people of the organisation by name. */
export const listUsers = operation({
  ...hub,
  id: 'hub.users.list',
  method: 'GET',
  path: '/users',
  summary: 'List people',
  access: readAccess,
  query: z.object({
    /** Beginning of a display name or e-mail address. */
    q: z.string().trim().max(254).optional(),
    status: accountStatus.optional(),
    role: roleName.optional(),
    /** Id of a licence. */
    license: z.string().optional(),
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(hubUser),
  errors: [administrationErrors['people.unknown_license']],
});

/** Shows a person. */
export const getUser = operation({
  ...hub,
  id: 'hub.users.get',
  method: 'GET',
  path: '/users/{personId}',
  summary: 'Show a person',
  access: readAccess,
  params,
  response: hubUserDetails,
  errors: [peopleErrors['person.not_found']],
});

const creationErrors = [
  peopleErrors['person.email_refused'],
  peopleErrors['person.bot_address'],
  peopleErrors['person.exists'],
  peopleErrors['person.sandbox_full'],
  administrationErrors['people.unknown_license'],
  administrationErrors['people.no_seats'],
];

/** Adds a person and invites them. */
export const createUser = operation({
  ...hub,
  id: 'hub.users.create',
  method: 'POST',
  path: '/users',
  summary: 'Add a person and invite them',
  access: writeAccess,
  body: newUser,
  response: hubUserDetails,
  errors: [...creationErrors, peopleErrors['person.nameless']],
});

/** Invites many addresses; each is told for itself what became of it. */
export const inviteUsers = operation({
  ...hub,
  id: 'hub.users.invite',
  method: 'POST',
  path: '/users/invitations',
  summary: 'Invite people',
  access: writeAccess,
  body: z.object({
    addresses: z.array(z.string()).min(1).max(limitLedger['people.invitations'].value),
    licenses: textList.optional(),
  }),
  response: z.strictObject({
    results: z.array(
      z.strictObject({
        address: z.string(),
        status: z.enum(['invited', 'refused']),
        id: idText.optional(),
        /** Why it was refused, and what to do. */
        reason: z.string().optional(),
      }),
    ),
  }),
  errors: [administrationErrors['people.unknown_license']],
});

/** Changes a person; what is left out stays. */
export const changeUser = operation({
  ...hub,
  id: 'hub.users.change',
  method: 'PATCH',
  path: '/users/{personId}',
  summary: 'Change a person',
  access: writeAccess,
  params,
  body: newUser.partial().extend({
    /** As it was read. */
    version: z.string(),
    loginEnabled: flag.optional(),
  }),
  response: hubUserDetails,
  errors: [
    peopleErrors['person.not_found'],
    peopleErrors['person.self_deactivation'],
    peopleErrors['person.last_admin'],
    administrationErrors['person.changed_meanwhile'],
    ...creationErrors,
    peopleErrors['person.nameless'],
  ],
});

/** Deletes a person; what they wrote keeps their name. */
export const deleteUser = operation({
  ...hub,
  id: 'hub.users.delete',
  method: 'DELETE',
  path: '/users/{personId}',
  summary: 'Delete a person',
  access: writeAccess,
  params,
  errors: [
    peopleErrors['person.not_found'],
    peopleErrors['person.self_deletion'],
    peopleErrors['person.last_admin'],
  ],
});

/** Sends somebody who never came the invitation again. */
export const inviteUserAgain = operation({
  ...hub,
  id: 'hub.users.inviteAgain',
  method: 'POST',
  path: '/users/{personId}/invitation',
  summary: 'Invite a person again',
  access: writeAccess,
  params,
  errors: [peopleErrors['person.not_found'], administrationErrors['person.not_pending']],
});
