// What runs in a browser of the platform: contracts and errors that our own pages call by. Nothing else belongs here.

export * from './apps/integration-policies/integration-policies.contract.ts';
export * from './identity/domains/domains.contract.ts';
export { listHubLicenses } from './identity/licenses/licenses.contract.ts';
export * from './identity/oauth/consent/consent.contract.ts';
export * from './identity/organizations/hub-organization.contract.ts';
export * from './identity/own-sessions/own-sessions.contract.ts';
export * from './identity/password-resets/password-resets.contract.ts';
export * from './identity/passwords/passwords.contract.ts';
export * from './identity/profile/profile.contract.ts';
export { explainRoles } from './identity/roles/roles.contract.ts';
export * from './identity/sandboxes/sandboxes.contract.ts';
export * from './identity/sign-in/sign-in.contract.ts';
export { tokenErrors } from './identity/tokens/tokens.errors.ts';
export * from './people/people-administration/people-administration.contract.ts';
