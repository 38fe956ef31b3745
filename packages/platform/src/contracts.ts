// What runs in a browser of the platform: contracts and errors that our own pages call by. Nothing else belongs here.

export { listTransferableApps, transferApp } from './apps/app-transfer/app-transfer.contract.ts';
export * from './apps/apps/apps.contract.ts';
export { availabilityErrors } from './apps/availability/availability.errors.ts';
export { changeBotPolicy, listBots } from './apps/bot-policies/bot-policies.contract.ts';
export { incomingWebhookErrors } from './apps/incoming-webhooks/incoming-webhooks.errors.ts';
export * from './apps/integration-policies/integration-policies.contract.ts';
export * from './apps/portal-reference/portal-reference.contract.ts';
export * from './apps/portal-webhooks/portal-webhooks.contract.ts';
export { webhookErrors } from './apps/webhooks/webhooks.errors.ts';
export {
  deleteAuthorizationInHub,
  listAuthorizationsInHub,
} from './identity/authorizations/authorizations.contract.ts';
export * from './identity/domains/domains.contract.ts';
export { listHubLicenses } from './identity/licenses/licenses.contract.ts';
export * from './identity/oauth/consent/consent.contract.ts';
export * from './identity/oauth/device/device.contract.ts';
export { oauthErrors } from './identity/oauth/oauth.errors.ts';
export * from './identity/organizations/hub-organization.contract.ts';
export * from './identity/own-sessions/own-sessions.contract.ts';
export * from './identity/password-resets/password-resets.contract.ts';
export * from './identity/passwords/passwords.contract.ts';
export * from './identity/personal-tokens/personal-tokens.contract.ts';
export * from './identity/profile/profile.contract.ts';
export { explainRoles } from './identity/roles/roles.contract.ts';
export * from './identity/sandboxes/sandboxes.contract.ts';
export * from './identity/service-apps/service-apps.contract.ts';
export * from './identity/sign-in/sign-in.contract.ts';
export { tokenErrors } from './identity/tokens/tokens.errors.ts';
export { attachmentActionErrors } from './messaging/attachment-actions/attachment-actions.errors.ts';
export { membershipErrors } from './messaging/memberships/memberships.errors.ts';
export { messageErrors } from './messaging/messages/messages.errors.ts';
export { roomErrors } from './messaging/room-access/room-access.errors.ts';
export { roomWriteErrors } from './messaging/rooms/rooms.errors.ts';
export { exportAuditEvents, listAuditEventsInHub } from './operations/audit-log/audit-log.contract.ts';
export { peopleErrors } from './people/people/people.errors.ts';
export { presenceStatuses } from './people/people/presence-statuses.contract.ts';
export * from './people/people-administration/people-administration.contract.ts';
export { administrationErrors } from './people/people-administration/people-administration.errors.ts';
export { presenceErrors } from './people/presence/presence.errors.ts';
export { encryptionKeyErrors } from './sdk/encryption-keys/encryption-keys.errors.ts';
export { registrationErrors } from './sdk/registrations/registrations.errors.ts';
