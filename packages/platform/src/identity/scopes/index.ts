export { findScope, type Grantor, grantorOf, scopeCatalogue } from './catalogue.ts';
export type { ScopeRow } from './scopes.data.ts';
