import type { Actor } from '@moothall/contract';
import type { ErrorDefinition } from '@moothall/core';
import type { Action, Refusal } from '../../authorize.ts';
import { authorizationErrors } from './authorizations.errors.ts';

/** The organisation that an authorization, person or request belongs to; undefined for what never was. */
export type TenancyFacts = { orgId: string | undefined };

const ofOwnOrganization = (actor: Actor, { orgId }: TenancyFacts): Refusal =>
  orgId === actor.orgId ? undefined : "it is none of the administrator's organisation";

const byOwnAdmin = (name: string, unrelated: ErrorDefinition): Action<TenancyFacts> => ({
  name,
  relations: { admin: ofOwnOrganization },
  unrelated,
});

/** Administrators see the authorizations of their own people. */
export const readAuthorizations = byOwnAdmin(
  'authorizations.read',
  authorizationErrors['authorization.foreign_person'],
);

/** Administrators revoke those of their own people. */
export const revokeOne = byOwnAdmin('authorizations.revoke', authorizationErrors['authorization.foreign']);

/** Administrators revoke an app's in their own organisation. */
export const revokeAll = byOwnAdmin(
  'authorizations.revokeOfClient',
  authorizationErrors['authorization.foreign_organization'],
);
