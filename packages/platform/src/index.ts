export * from './apps/apps/index.ts';
export * from './apps/availability/index.ts';
export * from './apps/incoming-webhooks/index.ts';
export * from './apps/integration-policies/index.ts';
export * from './apps/webhooks/index.ts';
export { type Action, admit, type Decider, type Policy, type Refusal } from './authorize.ts';
export type { Cache, Caches } from './caches.ts';
export { isDuplicate } from './conflicts.ts';
export {
  createPlatform,
  type Door,
  type DoorPart,
  operationsOf,
  type Platform,
  type PlatformHooks,
  type PlatformOptions,
  type Services,
} from './create-platform.ts';
export {
  allMigrations,
  type BegunWorld,
  beginWorld,
  createWorld,
  type WorldSettings,
} from './create-world.ts';
export * from './identity/authorizations/index.ts';
export * from './identity/bootstrap/index.ts';
export * from './identity/domains/index.ts';
export * from './identity/grants/index.ts';
export * from './identity/guests/index.ts';
export * from './identity/license-assignments/index.ts';
export * from './identity/licenses/index.ts';
export * from './identity/oauth/index.ts';
export * from './identity/organizations/index.ts';
export * from './identity/own-sessions/index.ts';
export * from './identity/passwords/index.ts';
export * from './identity/roles/index.ts';
export * from './identity/sandboxes/index.ts';
export * from './identity/service-apps/index.ts';
export * from './identity/sessions/index.ts';
export * from './identity/sign-in/index.ts';
export * from './identity/sign-in-links/index.ts';
export * from './identity/signing-keys/index.ts';
export * from './identity/tokens/index.ts';
export { parseSmtpUrl } from './mailer/index.ts';
export * from './messaging/attachment-actions/index.ts';
export * from './messaging/contents/index.ts';
export * from './messaging/direct-rooms/index.ts';
export * from './messaging/memberships/index.ts';
export * from './messaging/messages/index.ts';
export * from './messaging/read-receipts/index.ts';
export * from './messaging/room-access/index.ts';
export * from './messaging/room-tabs/index.ts';
export * from './messaging/rooms/index.ts';
export * from './messaging/team-access/index.ts';
export * from './messaging/team-memberships/index.ts';
export * from './messaging/teams/index.ts';
export { nameUuid } from './name-uuid.ts';
export * from './operations/audit/index.ts';
export * from './operations/audit-log/index.ts';
export { processOperations } from './operations/health/index.ts';
export * from './operations/mail/index.ts';
export * from './people/people/index.ts';
export * from './people/people-administration/index.ts';
export * from './people/presence/index.ts';
export { registry } from './registry.ts';
export type {
  Resource,
  WebhookFilter,
  WebhookListener,
  WebhookSource,
} from './resource.ts';
export * from './sdk/conversations/index.ts';
export * from './sdk/encryption-keys/index.ts';
export * from './sdk/registrations/index.ts';
export type { TraceRecord } from './trace-ring.ts';
export type { World, WorldConfig } from './world.ts';
