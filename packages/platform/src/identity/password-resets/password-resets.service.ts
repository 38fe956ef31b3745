import type { QueueSpec } from '@moothall/store';
import { queueMail } from '../../operations/mail/index.ts';
import type { World } from '../../world.ts';
import { canonicalEmail, countResetMail, type Guess } from '../passwords/index.ts';
import { createSignInLink, signInUrl } from '../sign-in-links/index.ts';
import { findForgetful } from './password-resets.store.ts';

const QUEUE = 'identity.password_resets';

type Asked = { email: string; traceId: string };

/**
 * Takes a wish for a new password. Who has the address is looked up later, by a job, so that the time of
 * the reply tells nothing either.
 * @throws ApiError 429 `sign_in.throttled`
 */
export async function askForPasswordReset(world: World, guess: Guess, traceId: string): Promise<void> {
  await countResetMail(world, guess);
  const payload: Asked = { email: canonicalEmail(guess.email), traceId };
  await world.store.tx(async (tx) => tx.enqueue({ queue: QUEUE, payload }));
}

async function sendLink(world: World, { email, traceId }: Asked): Promise<boolean> {
  return world.store.tx(async (tx) => {
    const person = await findForgetful(tx.db, email);
    if (!person) return false;
    const { personId, orgId } = person;
    const { token, expiresAt } = await createSignInLink(
      world,
      tx,
      { personId, orgId, purpose: 'password_reset' },
      { traceId },
    );
    await queueMail(world, tx, {
      kind: 'password_reset',
      toEmail: person.email,
      data: { personId, expires: expiresAt?.toISOString() },
      secrets: { link: signInUrl(world.config.publicUrl, token) },
      orgId,
      traceId,
    });
    return true;
  });
}

/** The queue that puts links to new passwords into the outbox. */
export function passwordResetQueue(world: World): QueueSpec {
  return {
    queue: QUEUE,
    async run(job) {
      return { done: { sent: await sendLink(world, job.payload as Asked) } };
    },
  };
}
