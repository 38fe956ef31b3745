import { type ScopeRow, scopeRows } from './scopes.data.ts';

/** Every scope that there is, by its name. */
export const scopeCatalogue: ReadonlyMap<string, ScopeRow> = new Map(
  scopeRows.map((row) => [row.scope, row]),
);
