import type { Actor } from '@moothall/contract';
import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { QueueSpec } from '@moothall/store';
import type { z } from 'zod';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import { checkedEmail } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { organizationKindOf } from '../organizations/index.ts';
import { countResetMail } from '../passwords/index.ts';
import { adminEmailOf, type Developer, openSandbox } from './make-sandbox.ts';
import { assertTerms } from './sandbox-terms.ts';
import type { sandbox } from './sandboxes.contract.ts';
import { sandboxErrors } from './sandboxes.errors.ts';
import { findSandboxesOf, type SandboxRow } from './sandboxes.store.ts';

const QUEUE = 'identity.sandbox_requests';

type Asked = { email: string; termsVersion: string; trackingId: string };

/** A sandbox in wire form. */
export function presentSandbox(world: World, row: SandboxRow): z.input<typeof sandbox> {
  const idleMs = world.limits.get('sandbox.idle_end') * 1000;
  return {
    id: row.id,
    status: row.ended_at ? 'ended' : 'ready',
    isSandbox: true,
    orgId: encodeWireId('ORGANIZATION', row.org_id),
    name: row.name,
    domain: row.domain,
    adminEmail: adminEmailOf(row),
    people: row.people,
    peopleLimit: world.limits.get('sandbox.people'),
    created: row.created.toISOString(),
    lastActivity: row.active_at.toISOString(),
    endsAt: (row.ended_at ?? new Date(row.active_at.getTime() + idleMs)).toISOString(),
  };
}

/** Addresses of developers are compared without regard to case. */
function developerEmail(email: string): string {
  return email.toLowerCase();
}

const ask: Action<{ isInSandbox: boolean }> = {
  name: 'sandboxes.request',
  relations: { user: (_actor, { isInSandbox }) => (isInSandbox ? 'the account is of a sandbox' : undefined) },
  unrelated: sandboxErrors['sandbox.inside_one'],
};

/**
 * Makes a sandbox for who is signed in, or a new link to the one that they have. The link is in the reply in
 * the lab, and in the mail only elsewhere.
 * @throws ApiError `sandbox.terms`, `sandbox.inside_one`
 */
export async function requestSandbox(world: World, decider: Decider, termsVersion: string) {
  assertTerms(termsVersion);
  const { personId, orgId, email } = decider.actor;
  authorize(decider, ask, { isInSandbox: (await organizationKindOf(world, orgId)) === 'sandbox' });
  const account = { personId, orgId };
  const developer = { email: developerEmail(email), account, trackingId: decider.trace.trackingId };
  const opened = await world.store.tx((tx) => openSandbox(world, tx, developer, termsVersion));
  const row = (await listSandboxes(world, decider.actor)).find(({ id }) => id === opened.sandbox.id)!;
  return { ...presentSandbox(world, row), ...linkInLab(world, opened.loginLink) };
}

function linkInLab({ config }: World, loginLink: string) {
  return config.mode === 'lab' ? { loginLink } : {};
}

/**
 * Takes a visitor's wish for a sandbox. It is granted by a job, so that neither the reply nor its time tells
 * whether the address has one; in the lab at once, with the link in the reply.
 * @throws ApiError `sandbox.terms`, `person.email_refused`, 429 `sign_in.throttled`
 */
export async function requestSandboxAsVisitor(
  world: World,
  visitor: { email: string; remoteAddress: string; trackingId: string },
  termsVersion: string,
) {
  assertTerms(termsVersion);
  const email = developerEmail(checkedEmail(visitor.email, 'email'));
  await countResetMail(world, { email, remoteAddress: visitor.remoteAddress });
  const { trackingId } = visitor;
  const status = 'requested' as const;
  if (world.config.mode === 'lab') {
    const developer: Developer = { email, trackingId };
    const { loginLink } = await world.store.tx((tx) => openSandbox(world, tx, developer, termsVersion));
    return { status, loginLink };
  }
  const payload: Asked = { email, termsVersion, trackingId };
  await world.store.tx(async (tx) => tx.enqueue({ queue: QUEUE, lane: email, payload }));
  return { status };
}

/** The queue that grants visitors' wishes. */
export function sandboxRequestQueue(world: World): QueueSpec {
  return {
    queue: QUEUE,
    async run(job) {
      const { email, trackingId, termsVersion } = job.payload as Asked;
      const developer = { email, trackingId };
      const { sandbox: made } = await world.store.tx((tx) => openSandbox(world, tx, developer, termsVersion));
      return { done: { sandboxId: made.id } };
    },
  };
}

/** The sandboxes of an account, the newest first. */
export function listSandboxes(world: World, { personId, email }: Actor): Promise<SandboxRow[]> {
  return findSandboxesOf(world.store.db, { personId, email: developerEmail(email) });
}

const read: Action<{ sandbox: SandboxRow | undefined }> = {
  name: 'sandboxes.read',
  relations: { user: (_actor, facts) => (facts.sandbox ? undefined : 'it is none of their sandboxes') },
  unrelated: sandboxErrors['sandbox.not_found'],
};

/** A sandbox of the caller. @throws ApiError `sandbox.not_found` */
export async function accessSandbox(world: World, decider: Decider, id: Uuid): Promise<SandboxRow> {
  const row = (await listSandboxes(world, decider.actor)).find((one) => one.id === id);
  authorize(decider, read, { sandbox: row });
  if (!row) throw new ApiError(sandboxErrors['sandbox.not_found']);
  return row;
}
