import { ApiError } from '@moothall/core';
import { CompactSign, compactDecrypt } from 'jose';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { findLiveChannel } from './channels.store.ts';
import { keyIdOf, openText, sealText } from './content-cipher.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import { idOfKeyUri } from './key-uris.ts';
import { type KmsIdentity, kmsIdentity } from './kms-identity.ts';
import { type KmsBody, planHandshake, planOperation } from './kms-operations.ts';
import { type KmsRequest, readKmsRequest } from './kms-request.ts';
import type { Planned } from './planned.ts';

/** A message to the key service that was opened. */
export type OpenMessage = {
  request: KmsRequest;
  /** Within which the ids of requests are unique. */
  scopeId: string;
  /** Judges what it asks. @throws ApiError what is told within the channel */
  plan(): Promise<Planned<KmsBody>>;
  /** Makes a reply that only its sender can read, or, at a handshake, that only the key service can have made. */
  seal(reply: KmsBody & { requestId: string }): Promise<string>;
};

/** A message as it came, and where it stood in the body. */
export type KmsMessageText = { text: string; field: string };

function unreadable(field: string, cause?: unknown): ApiError {
  return new ApiError(encryptionKeyErrors['kms.unreadable'], { parameters: { field }, cause });
}

async function textForIdentity(identity: KmsIdentity, text: string): Promise<string> {
  const { plaintext } = await compactDecrypt(text, identity.privateKey, {
    keyManagementAlgorithms: ['RSA-OAEP', 'RSA-OAEP-256'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return Buffer.from(plaintext).toString('utf8');
}

async function openHandshake(
  world: World,
  decider: Decider,
  identity: KmsIdentity,
  { text, field }: KmsMessageText,
): Promise<OpenMessage> {
  const plain = await textForIdentity(identity, text).catch((cause: unknown) => {
    throw unreadable(field, cause);
  });
  const request = readKmsRequest(plain, field);
  return {
    request,
    scopeId: decider.actor.personId,
    plan: () => planHandshake(world, decider, request),
    seal: (reply) =>
      new CompactSign(Buffer.from(JSON.stringify(reply)))
        .setProtectedHeader({ alg: 'RS256', kid: identity.kid })
        .sign(identity.privateKey),
  };
}

async function openInChannel(
  world: World,
  decider: Decider,
  kid: string,
  { text, field }: KmsMessageText,
): Promise<OpenMessage> {
  const id = idOfKeyUri('ecdhe', kid);
  const { personId } = decider.actor;
  const channel = id && (await findLiveChannel(world.store.db, id, personId, world.clock.now()));
  if (!channel) throw unreadable(field);
  let key: string;
  let plain: string;
  try {
    key = world.secrets.open(channel.key_sealed);
    plain = await openText(text, key);
  } catch (cause) {
    throw unreadable(field, cause);
  }
  const request = readKmsRequest(plain, field);
  return {
    request,
    scopeId: channel.id,
    plan: () => planOperation(world, decider, request),
    seal: (reply) => sealText(JSON.stringify(reply), key, kid),
  };
}

/**
 * Opens a message of the caller: one for the public key of the key service, or one of a channel of theirs.
 * @throws ApiError 400 `kms.unreadable`, `kms.request_invalid`, which name the field
 */
export async function openKmsMessage(
  world: World,
  decider: Decider,
  message: KmsMessageText,
): Promise<OpenMessage> {
  const kid = keyIdOf(message.text);
  if (kid === undefined) throw unreadable(message.field);
  const identity = await kmsIdentity(world);
  if (kid === identity.kid) return openHandshake(world, decider, identity, message);
  return openInChannel(world, decider, kid, message);
}
