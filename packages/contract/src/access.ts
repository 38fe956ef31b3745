/** Administrative roles of a person, as the world file spells them. */
export type RoleName =
  | 'full_admin'
  | 'readonly_admin'
  | 'user_admin'
  | 'device_admin'
  | 'compliance_officer'
  | 'site_admin'
  | 'support_admin';

/** In which capacity a caller acts: for themselves, for their organisation, or as its compliance officer. */
export type Capacity = 'user' | 'admin' | 'compliance';

/** One way to be let in: any of the scopes (none listed: none is asked for) and, where given, any of the roles. */
export type Grant = { as: Capacity; scopes: readonly string[]; roles?: readonly RoleName[] };

/** Sites of our own that a person signs in to. */
export type Site = 'account' | 'portal' | 'hub';

/** What an operation asks of its caller before the object is looked at. */
export type Access = {
  /** The caller is who is signed in at this site by a cookie; a bearer token does not let in. */
  session?: Site;
  /** Ways to be let in, tried in order; none asks for no more than a token. */
  grants: readonly Grant[];
  /** Licence that the person must hold. */
  license?: string;
};

/** Roles that may read for their whole organisation. */
export const adminReaders = [
  'full_admin',
  'readonly_admin',
  'user_admin',
] as const satisfies readonly RoleName[];

/** Roles that may change people of their organisation (documented: people API). */
export const adminWriters = ['full_admin', 'user_admin'] as const satisfies readonly RoleName[];

/** Access by any token at all: no capacity comes with it, so nothing can be done to an object. */
export const anyToken: Access = { grants: [] };

/** Access of a page: whoever is signed in at the site, as themselves. */
export function pageAccess(site: Site): Access {
  return { session: site, grants: [{ as: 'user', scopes: [] }] };
}

/** Access of a page for administrators, in their organisation. */
export function adminPageAccess(site: Site, roles: readonly RoleName[] = ['full_admin']): Access {
  return { session: site, grants: [{ as: 'admin', scopes: [], roles }] };
}

/** Access by a plain user scope alone. */
export function userAccess(...scopes: string[]): Access {
  return { grants: [{ as: 'user', scopes }] };
}

/**
 * Access to messaging data: the user scope, or the compliance scope with the compliance officer's role.
 * @param name e.g. `rooms_read` for `spark:rooms_read` and `spark-compliance:rooms_read`
 */
export function messagingAccess(name: string): Access {
  return {
    grants: [
      { as: 'user', scopes: [`spark:${name}`] },
      { as: 'compliance', scopes: [`spark-compliance:${name}`], roles: ['compliance_officer'] },
    ],
  };
}

/** Whether a token's scopes cover one scope: `spark:all` covers each `spark:` scope (documented). */
export function coversScope(held: ReadonlySet<string>, scope: string): boolean {
  return held.has(scope) || (scope.startsWith('spark:') && held.has('spark:all'));
}
