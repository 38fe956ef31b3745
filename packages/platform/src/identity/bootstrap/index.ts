export { createFirstOrganization } from './create-organization.ts';
