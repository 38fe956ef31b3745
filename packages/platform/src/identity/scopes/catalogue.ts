import { type ScopeRow, scopeRows } from './scopes.data.ts';

/** Who can give a scope to an app: anybody for themselves, or only who holds a role that it needs. */
export type Grantor = 'user' | 'admin' | 'compliance';

/** Every scope that there is, by its name; an app can register these and no others. */
export const scopeCatalogue: ReadonlyMap<string, ScopeRow> = new Map(
  scopeRows.map((row) => [row.scope, row]),
);

/** A scope of the catalogue; undefined for a name that is none. */
export function findScope(name: string): ScopeRow | undefined {
  return scopeCatalogue.get(name);
}

/** Who can give a scope to an app. */
export function grantorOf({ roles }: ScopeRow): Grantor {
  if (!roles) return 'user';
  return roles.includes('compliance_officer') ? 'compliance' : 'admin';
}
