import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { recordAudit } from '../../operations/audit/index.ts';
import { queueMail } from '../../operations/mail/index.ts';
import { addPerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { addLicense, defaultLicenses } from '../licenses/index.ts';
import { addOrganization } from '../organizations/index.ts';
import { createSignInLink, signInUrl, voidSignInLinks } from '../sign-in-links/index.ts';
import { newSandboxName } from './sandbox-name.ts';
import { insertSandboxOnce, lockLiveSandbox } from './sandboxes.store.ts';
import type { SandboxTable } from './sandboxes.table.ts';

/** Who wants a sandbox: an account, or a visitor with an address only. */
export type Developer = {
  email: string;
  account?: { personId: Uuid; orgId: Uuid };
  trackingId: string;
};

/** A sandbox with the link that signs in as its administrator: the only time it is known. */
export type OpenedSandbox = { sandbox: SandboxTable; loginLink: string };

/** The address of a sandbox's administrator. */
export function adminEmailOf({ domain }: Pick<SandboxTable, 'domain'>): string {
  return `admin@${domain}`;
}

function auditCreation(tx: Tx, { account, trackingId }: Developer, row: SandboxTable): void {
  const orgId = row.org_id as Uuid;
  const actor = account ?? { personId: row.admin_id as Uuid, orgId };
  const target = { type: 'organization', id: orgId, name: row.name };
  const entry = {
    category: 'SANDBOX_CREATED',
    target,
    actionText: `Created the developer sandbox ${row.name}`,
  } as const;
  for (const where of new Set([orgId, actor.orgId]))
    recordAudit(tx, { actor, trace: { trackingId } }, { ...entry, orgId: where });
}

async function fill(world: World, tx: Tx, developer: Developer, row: SandboxTable): Promise<void> {
  const [orgId, id] = [row.org_id as Uuid, row.admin_id as Uuid];
  auditCreation(tx, developer, row);
  await addOrganization(world, tx, {
    id: orgId,
    displayName: row.name,
    kind: 'sandbox',
    domains: [row.domain],
  });
  const totalUnits = world.limits.get('sandbox.people');
  const offered = defaultLicenses(orgId).map((license) => ({ ...license, totalUnits }));
  for (const license of offered) await addLicense(world, tx, license);
  await addPerson(
    world,
    tx,
    {
      id,
      orgId,
      email: adminEmailOf(row),
      displayName: 'Sandbox Administrator',
      roles: ['full_admin'],
      licenses: offered.map(({ key }) => key),
    },
    { actorId: developer.account?.personId ?? id, traceId: developer.trackingId },
  );
}

async function newOrKnown(
  world: World,
  tx: Tx,
  developer: Developer,
  termsVersion: string,
): Promise<SandboxTable> {
  const row: SandboxTable = {
    id: world.ids.uuid(),
    org_id: world.ids.uuid(),
    admin_id: world.ids.uuid(),
    ...newSandboxName(world, developer.email),
    email: developer.email,
    requested_by: developer.account?.personId ?? null,
    terms_version: termsVersion,
    created: world.clock.now(),
    warned_at: null,
    ended_at: null,
  };
  if (await insertSandboxOnce(tx.db, row)) {
    await fill(world, tx, developer, row);
    return row;
  }
  // Absent only when it ended this moment; the next request makes a new one.
  return (await lockLiveSandbox(tx.db, developer.email)) ?? row;
}

/**
 * Makes a developer's sandbox: an organisation of its own with a full administrator, whom a link that works
 * once signs in; it goes to the developer by mail. Who has a sandbox gets a new link to that one (F75).
 * @param developer with the address in the form in which addresses are compared
 */
export async function openSandbox(
  world: World,
  tx: Tx,
  developer: Developer,
  termsVersion: string,
): Promise<OpenedSandbox> {
  const sandbox = await newOrKnown(world, tx, developer, termsVersion);
  const [orgId, personId] = [sandbox.org_id as Uuid, sandbox.admin_id as Uuid];
  const cause = { actorId: developer.account?.personId ?? personId, traceId: developer.trackingId };
  await voidSignInLinks(world, tx, personId, { ...cause, orgId });
  const { token, expiresAt } = await createSignInLink(
    world,
    tx,
    { personId, orgId, purpose: 'first_administrator' },
    cause,
  );
  const loginLink = signInUrl(world.config.publicUrl, token);
  await queueMail(world, tx, {
    ...cause,
    kind: 'sandbox',
    toEmail: developer.email,
    data: { name: sandbox.name, adminEmail: adminEmailOf(sandbox), expires: expiresAt?.toISOString() },
    secrets: { link: loginLink },
    orgId,
  });
  return { sandbox, loginLink };
}
