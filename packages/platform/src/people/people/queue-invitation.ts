import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { createSignInLink, signInUrl } from '../../identity/sign-in-links/index.ts';
import { queueMail } from '../../operations/mail/index.ts';
import type { World } from '../../world.ts';
import type { PersonCause } from './add-person.ts';

/** Puts an invitation into the outbox, with a sealed link that signs its person in once. */
export async function queueInvitation(
  world: World,
  tx: Tx,
  invited: { personId: Uuid; orgId: Uuid; email: string },
  cause: PersonCause,
): Promise<void> {
  const { personId, orgId, email } = invited;
  const made = await createSignInLink(world, tx, { personId, orgId, purpose: 'invitation' }, cause);
  const data = { personId, invitedBy: cause.actorId, expires: made.expiresAt?.toISOString() };
  const secrets = { link: signInUrl(world.config.publicUrl, made.token) };
  await queueMail(world, tx, { ...cause, kind: 'invitation', toEmail: email, data, secrets, orgId });
}
