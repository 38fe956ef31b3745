export { findScope, type Grantor, type Scope, scopeCatalogue } from './catalogue.ts';
