/** Every scope that there is; the catalogue lies below OAuth, since apps register from it. */
export { type ScopeRow, scopeCatalogue } from '../../scopes/index.ts';
