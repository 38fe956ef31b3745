import { ApiError, parseUuid, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { Decider } from '../../authorize.ts';
import { createAuthenticator } from '../../identity/tokens/index.ts';
import type { World } from '../../world.ts';
import { findRegistration } from '../registrations/index.ts';
import { noteRequest } from './channels.store.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import type { KmsBody } from './kms-operations.ts';
import type { KmsRequest } from './kms-request.ts';
import { type KmsMessageText, type OpenMessage, openKmsMessage } from './open-kms-message.ts';
import { causeOf, type Planned } from './planned.ts';

/** A reply of the key service. */
export type KmsReply = {
  /** What its asker alone can read: a compact JWE, or at a handshake a compact JWS. */
  text: string;
  /** What it says, for who asked on their behalf. */
  body: KmsBody;
};

type Commit = (tx: Tx, text: string) => void;

/** Programs show their own token in each request: it must be live, and of who sends it. */
async function checkCredential(world: World, { actor }: Decider, { client }: KmsRequest): Promise<void> {
  const { userId, bearer } = client.credential;
  if (parseUuid(userId) !== actor.personId) throw new ApiError(encryptionKeyErrors['kms.user_refused']);
  const shown = await createAuthenticator(world)(bearer);
  if (shown?.personId !== actor.personId) throw new ApiError(encryptionKeyErrors['kms.bearer_refused']);
}

function refusal(error: unknown): Planned<KmsBody> {
  if (!(error instanceof ApiError)) throw error;
  return async () => ({ status: error.status, reason: error.message });
}

/** Does what was planned, once for each request id of the channel, in one transaction with its reply. */
async function commitReply(
  world: World,
  { request: { requestId }, scopeId, seal }: OpenMessage,
  planned: Planned<KmsBody>,
  commit: Commit,
): Promise<KmsReply> {
  const lifetimeMs = world.limits.get('kms.channel_lifetime') * 1000;
  return world.store.tx(async (tx) => {
    const expires = new Date(world.clock.nowMs() + lifetimeMs);
    const noted = { scope_id: scopeId, request_id: requestId, expires_at: expires };
    const isNew = await noteRequest(tx.db, noted);
    const body = await (isNew ? planned : refusal(new ApiError(encryptionKeyErrors['kms.replayed'])))(tx);
    const text = await seal({ requestId, ...body });
    commit(tx, text);
    return { text, body };
  });
}

async function answer(
  world: World,
  decider: Decider,
  message: OpenMessage,
  commit: Commit,
): Promise<KmsReply> {
  try {
    await checkCredential(world, decider, message.request);
    return await commitReply(world, message, await message.plan(), commit);
  } catch (error) {
    return commitReply(world, message, refusal(error), commit);
  }
}

/**
 * Answers one message that came within another request, such as the creation of a conversation. What it asks is done
 * when this returns; what is refused is told in the reply, with a status of at least 400.
 * @throws ApiError 400 `kms.unreadable`, `kms.request_invalid`, which name `field`
 */
export async function handleKmsMessage(
  world: World,
  decider: Decider,
  message: KmsMessageText,
): Promise<KmsReply> {
  return answer(world, decider, await openKmsMessage(world, decider, message), () => {});
}

/** The registration by whose socket a program hears replies; undefined when the caller has no such one. */
async function listening(world: World, decider: Decider, { client }: KmsRequest): Promise<Uuid | undefined> {
  const id = parseUuid(client.clientId.split('/').at(-1)!);
  const registration = id && (await findRegistration(world, id));
  const isOwn = registration?.personId === decider.actor.personId;
  const detail = isOwn
    ? 'kms.message: the client is theirs'
    : 'kms.message: the client is no registration of theirs';
  decider.trace.steps.push({ check: 'relation', passed: isOwn, detail });
  return isOwn ? id : undefined;
}

/**
 * Takes messages whose replies go to the sockets of the registrations that they name: each reply is an event
 * `kmsReplies:created` in the transaction of what it tells. A message that names no live registration of the caller
 * is left undone without a word, so that the program runs into its time-out and begins a channel anew.
 * @throws ApiError 400 `kms.unreadable`, `kms.request_invalid` for any of them, before anything is done
 */
export async function takeKmsMessages(
  world: World,
  decider: Decider,
  texts: readonly string[],
): Promise<void> {
  const messages: OpenMessage[] = [];
  for (const [index, text] of texts.entries())
    messages.push(await openKmsMessage(world, decider, { text, field: `kmsMessages[${index}]` }));
  for (const message of messages) {
    const registrationId = await listening(world, decider, message.request);
    if (registrationId === undefined) continue;
    await answer(world, decider, message, (tx, reply) => {
      const id = world.ids.uuid();
      const data = { id, registrationId, message: reply };
      tx.emit({ ...causeOf(decider), resource: 'kmsReplies', event: 'created', dataId: id, data });
    });
  }
}
