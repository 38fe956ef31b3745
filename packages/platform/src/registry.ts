import { appTransfer } from './apps/app-transfer/index.ts';
import { apps } from './apps/apps/index.ts';
import { availability } from './apps/availability/index.ts';
import { botPolicies } from './apps/bot-policies/index.ts';
import { incomingWebhooks } from './apps/incoming-webhooks/index.ts';
import { integrationPolicies } from './apps/integration-policies/index.ts';
import { portalReference } from './apps/portal-reference/index.ts';
import { portalWebhooks } from './apps/portal-webhooks/index.ts';
import { webhooks } from './apps/webhooks/index.ts';
import { authorizations } from './identity/authorizations/index.ts';
import { domains } from './identity/domains/index.ts';
import { grants } from './identity/grants/index.ts';
import { guests } from './identity/guests/index.ts';
import { licenseAssignments } from './identity/license-assignments/index.ts';
import { licenses } from './identity/licenses/index.ts';
import { oauth } from './identity/oauth/index.ts';
import { organizations } from './identity/organizations/index.ts';
import { ownSessions } from './identity/own-sessions/index.ts';
import { passwordResets } from './identity/password-resets/index.ts';
import { passwords } from './identity/passwords/index.ts';
import { personalTokens } from './identity/personal-tokens/index.ts';
import { ownProfile } from './identity/profile/index.ts';
import { roles } from './identity/roles/index.ts';
import { sandboxes } from './identity/sandboxes/index.ts';
import { serviceApps } from './identity/service-apps/index.ts';
import { sessions } from './identity/sessions/index.ts';
import { accountSessions } from './identity/sign-in/index.ts';
import { signInLinks } from './identity/sign-in-links/index.ts';
import { signingKeys } from './identity/signing-keys/index.ts';
import { tokens } from './identity/tokens/index.ts';
import { attachmentActions } from './messaging/attachment-actions/index.ts';
import { contents } from './messaging/contents/index.ts';
import { memberships } from './messaging/memberships/index.ts';
import { messages } from './messaging/messages/index.ts';
import { readReceipts } from './messaging/read-receipts/index.ts';
import { roomAccess } from './messaging/room-access/index.ts';
import { roomTabs } from './messaging/room-tabs/index.ts';
import { rooms } from './messaging/rooms/index.ts';
import { teamAccess } from './messaging/team-access/index.ts';
import { teamMemberships } from './messaging/team-memberships/index.ts';
import { teams } from './messaging/teams/index.ts';
import { auditLog } from './operations/audit-log/index.ts';
import { mail } from './operations/mail/index.ts';
import { people } from './people/people/index.ts';
import { peopleAdministration } from './people/people-administration/index.ts';
import { presence } from './people/presence/index.ts';
import type { Resource } from './resource.ts';
import { encryptionKeys } from './sdk/encryption-keys/index.ts';
import { registrations } from './sdk/registrations/index.ts';

/** Every slice, in the order of its area. Whatever lists resources iterates this. */
export const registry: readonly Resource[] = [
  organizations,
  domains,
  roles,
  licenses,
  licenseAssignments,
  tokens,
  grants,
  authorizations,
  signingKeys,
  oauth,
  sessions,
  guests,
  signInLinks,
  passwords,
  passwordResets,
  ownProfile,
  ownSessions,
  personalTokens,
  accountSessions,
  availability,
  apps,
  appTransfer,
  botPolicies,
  integrationPolicies,
  serviceApps,
  mail,
  auditLog,
  people,
  peopleAdministration,
  presence,
  sandboxes,
  teamAccess,
  roomAccess,
  rooms,
  memberships,
  readReceipts,
  roomTabs,
  teams,
  teamMemberships,
  messages,
  contents,
  attachmentActions,
  webhooks,
  incomingWebhooks,
  portalWebhooks,
  portalReference,
  registrations,
  encryptionKeys,
];
