import type { World } from '../../world.ts';

/** Scopes that every personal token of a person has. */
const PERSONAL_SCOPES = ['spark:all', 'spark:kms'];

/** Scopes of an administrator's personal token: what the person may do, as themselves and for their organisation. */
export function adminScopes({ resources }: Pick<World, 'resources'>): string[] {
  const grants = resources
    .flatMap((slice) => slice.operations)
    .flatMap((operation) => operation.access?.grants ?? []);
  const admin = grants.filter((grant) => grant.as === 'admin').flatMap((grant) => grant.scopes);
  return [...PERSONAL_SCOPES, ...new Set(admin)].filter((scope, at, all) => all.indexOf(scope) === at).sort();
}
