import {
  createPublicKey,
  diffieHellman,
  generateKeyPair as generateKeyPairNow,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { ApiError } from '@moothall/core';
import { z } from 'zod';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { insertChannel } from './channels.store.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import { keyUri } from './key-uris.ts';
import type { Planned } from './planned.ts';

/** The key by which a client and the key service begin a channel, as the reply shows it. */
export type ChannelKey = {
  uri: string;
  /** The public half of the server's: `kty`, `crv`, `x`, `y`. */
  jwk: Record<string, unknown>;
  userId: string;
  createDate: string;
  expirationDate: string;
};

const generateKeyPair = promisify(generateKeyPairNow);
const HASH = 'sha256';
const KEY_BYTES = 32;

const publicPoint = z.looseObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});

function publicKeyOf(jwk: unknown): KeyObject {
  const point = publicPoint.safeParse(jwk);
  try {
    const { kty, crv, x, y } = point.data!;
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch (cause) {
    const reason = 'jwk: give the public half of a key of the curve P-256 (kty, crv, x, y).';
    throw new ApiError(encryptionKeyErrors['kms.request_invalid'], { parameters: { reason }, cause });
  }
}

/** HKDF of RFC 5869 with a salt of zeros and no info, over the agreed secret: what clients call ECDH-HKDF. */
function derive(privateKey: KeyObject, publicKey: KeyObject): string {
  const secret = diffieHellman({ privateKey, publicKey });
  const key = hkdfSync(HASH, secret, Buffer.alloc(KEY_BYTES), '', KEY_BYTES);
  return Buffer.from(key).toString('base64url');
}

/**
 * Begins a channel of the caller, which lives for `kms.channel_lifetime` and is known to all processes.
 * @param jwk the public half of the client's ephemeral key
 * @throws ApiError 400 `kms.request_invalid`
 */
export async function openChannel(
  world: World,
  decider: Decider,
  jwk: unknown,
): Promise<Planned<ChannelKey>> {
  const theirs = publicKeyOf(jwk);
  const ours = await generateKeyPair('ec', { namedCurve: 'P-256' });
  const key = derive(ours.privateKey, theirs);
  const personId = decider.actor.personId;
  return async (tx) => {
    const created = world.clock.now();
    const expires = new Date(created.getTime() + world.limits.get('kms.channel_lifetime') * 1000);
    const id = world.ids.uuid();
    const sealed = world.secrets.seal(key);
    await insertChannel(tx.db, { id, person_id: personId, key_sealed: sealed, created, expires_at: expires });
    tx.emit({
      actorId: personId,
      resource: 'kmsChannels',
      event: 'created',
      dataId: id,
      data: { id, personId },
    });
    const uri = keyUri('ecdhe', id);
    return {
      uri,
      jwk: { ...ours.publicKey.export({ format: 'jwk' }), kid: uri },
      userId: personId,
      createDate: created.toISOString(),
      expirationDate: expires.toISOString(),
    };
  };
}
