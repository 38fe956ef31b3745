import type { Actor, RoleName } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { type Action, anyone, type Policy, type Refusal } from '../../authorize.ts';
import { peopleErrors } from './people.errors.ts';
import type { PersonRow } from './people.table.ts';

/** What a decision about a person turns on. */
export type PersonAccessFacts = {
  target: PersonRow;
  /** One of both organisations is a sandbox, and they are not the same. */
  isApart?: boolean;
};

const ofOwnOrganization = (actor: Actor, { target }: PersonAccessFacts): Refusal =>
  target.org_id === actor.orgId ? undefined : "the person is not of the administrator's organisation";

/** Everybody may know of a person, unless one of both is in a sandbox; administrators know more of their own organisation's. */
export const readPerson: Action<PersonAccessFacts> = {
  name: 'people.read',
  relations: {
    admin: ofOwnOrganization,
    user: (_actor, { isApart }) => (isApart ? 'a sandbox is between them' : undefined),
  },
  unrelated: peopleErrors['person.not_found'],
};

/** Administrators may list everybody, others must say whom they look for. */
export const listEverybody: Action<{ isNarrowed: boolean; isSearch: boolean }> = {
  name: 'people.list',
  relations: {
    admin: anyone,
    user: (_actor, { isNarrowed }) => (isNarrowed ? undefined : 'a user must give email, displayName or id'),
  },
  unrelated: peopleErrors['people.not_narrowed'],
  policies: [
    {
      name: 'guests do not search',
      appliesTo: ['user'],
      refuses: (actor, { isSearch }) =>
        isSearch && actor.type === 'appuser' ? 'a guest may look people up by id only' : undefined,
      error: generalErrors['auth.forbidden'],
    },
  ],
};

/** Only administrators may look for holders of roles (documented). */
export const listByRoles: Action<undefined> = {
  name: 'people.listByRoles',
  relations: { admin: anyone },
  unrelated: generalErrors['auth.forbidden'],
};

/** A change that an administrator wants; `grantsRoles` when the person's roles are to differ. */
export type PersonChangeFacts = PersonAccessFacts & { grantsRoles: boolean; deactivates?: boolean };

const peopleOnly: Policy<PersonChangeFacts> = {
  name: 'people, not bots or guests',
  appliesTo: ['admin'],
  refuses: (_actor, { target }) =>
    target.type === 'person' ? undefined : 'bots and guests belong to their app',
  error: generalErrors['auth.forbidden'],
};

/** Roles that let their holder do nothing that a user administrator may not. */
const ORDINARY: ReadonlySet<RoleName> = new Set(['user_admin', 'readonly_admin']);

/** Otherwise whoever manages users could make themselves anything (decided). */
const noEscalation: Policy<PersonChangeFacts> = {
  name: 'full administrators over privileged roles',
  appliesTo: ['admin'],
  refuses(actor, { target, grantsRoles }) {
    if (actor.roles.has('full_admin')) return undefined;
    if (grantsRoles) return 'only a full administrator may change roles';
    return target.roles.some((role) => !ORDINARY.has(role))
      ? 'only a full administrator may change the holder of such a role'
      : undefined;
  },
  error: generalErrors['auth.forbidden'],
};

const notOneself: Policy<PersonChangeFacts> = {
  name: 'not oneself',
  appliesTo: ['admin'],
  refuses: (actor, { target }) =>
    target.id === actor.personId ? 'administrators do not delete themselves' : undefined,
  error: peopleErrors['person.self_deletion'],
};

const notOff: Policy<PersonChangeFacts> = {
  name: 'not oneself off',
  appliesTo: ['admin'],
  refuses: (actor, { target, deactivates }) =>
    deactivates && target.id === actor.personId ? 'administrators do not deactivate themselves' : undefined,
  error: peopleErrors['person.self_deactivation'],
};

/** Administrators change people of their organisation. */
export const changePerson: Action<PersonChangeFacts> = {
  name: 'people.change',
  relations: { admin: ofOwnOrganization },
  unrelated: peopleErrors['person.not_found'],
  policies: [notOff, peopleOnly, noEscalation],
};

/** Administrators delete people of their organisation, but not themselves. */
export const removePerson: Action<PersonChangeFacts> = {
  ...changePerson,
  name: 'people.delete',
  policies: [notOneself, peopleOnly, noEscalation],
};

/** Roles of a new person are granted as those of a known one. */
export const grantRoles: Action<{ grantsRoles: boolean }> = {
  name: 'people.grantRoles',
  relations: {
    admin: (actor, { grantsRoles }) =>
      grantsRoles && !actor.roles.has('full_admin') ? 'only a full administrator may give roles' : undefined,
  },
  unrelated: generalErrors['auth.forbidden'],
};
