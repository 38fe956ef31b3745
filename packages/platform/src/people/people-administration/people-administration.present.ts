import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { LicenseIds } from '../../identity/licenses/index.ts';
import type { PersonRow } from '../people/index.ts';
import type { hubUser, hubUserDetails } from './people-administration.contract.ts';
import type { AccountStatus, AppCount } from './people-administration.store.ts';

const KINDS: Readonly<Record<string, string>> = {
  bot: 'bot',
  integration: 'integration',
  guest_issuer: 'guest issuer',
  service_app: 'service app',
  embedded: 'embedded app',
};

/** Where an account stands. */
function statusOf(row: Pick<PersonRow, 'login_enabled' | 'invite_pending'>): AccountStatus {
  if (!row.login_enabled) return 'inactive';
  return row.invite_pending ? 'pending' : 'active';
}

/** What is said before the owner of apps goes; undefined for who owns none. */
function ownershipWarningOf(apps: readonly AppCount[]): string | undefined {
  if (apps.length === 0) return undefined;
  const parts = apps.map(({ kind, count }) => `${count} ${KINDS[kind] ?? kind}${count === 1 ? '' : 's'}`);
  return `Owns ${parts.join(', ')}: transfer them to somebody else first.`;
}

/** A person of a list. */
export function presentUser(row: PersonRow, licenses: LicenseIds): z.input<typeof hubUser> {
  return {
    id: encodeWireId('PEOPLE', row.id),
    email: row.email,
    displayName: row.display_name,
    status: statusOf(row),
    roles: row.roles,
    licenses: licenses.wireIdsOf(row.licenses),
    created: row.created.toISOString(),
    ...(row.last_activity && { lastActivity: row.last_activity.toISOString() }),
    version: row.last_modified.toISOString(),
  };
}

/** A person with what else administrators see. */
export function presentUserDetails(
  row: PersonRow,
  licenses: LicenseIds,
  ownedApps: AppCount[],
): z.input<typeof hubUserDetails> {
  const { firstName, lastName, title, department, avatar } = row.profile;
  const ownershipWarning = ownershipWarningOf(ownedApps);
  return {
    ...presentUser(row, licenses),
    ...(firstName && { firstName }),
    ...(lastName && { lastName }),
    ...(title && { title }),
    ...(department && { department }),
    ...(avatar && { avatar }),
    orgId: encodeWireId('ORGANIZATION', row.org_id),
    loginEnabled: row.login_enabled,
    ownedApps,
    ...(ownershipWarning && { ownershipWarning }),
  };
}
