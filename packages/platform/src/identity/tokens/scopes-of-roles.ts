import type { RoleName } from '@moothall/contract';
import type { World } from '../../world.ts';

const PERSONAL_SCOPES = ['spark:all', 'spark:kms'];

/** Every scope that a person's roles let them use: their own, and those of admin and compliance operations. */
export function scopesOfRoles(
  { resources }: Pick<World, 'resources'>,
  roles: ReadonlySet<RoleName>,
): string[] {
  const grants = resources
    .flatMap((slice) => slice.operations)
    .flatMap((operation) => operation.access?.grants ?? [])
    .filter((grant) => grant.as !== 'user' && grant.roles?.some((role) => roles.has(role)));
  return [...new Set([...PERSONAL_SCOPES, ...grants.flatMap((grant) => grant.scopes)])].sort();
}
