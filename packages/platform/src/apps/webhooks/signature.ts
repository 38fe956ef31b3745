import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { World } from '../../world.ts';
import { bodyOf, type DeliveryPayload } from './delivery.ts';

/** The key of a sealed secret; opening one costs as much as a signature. */
function keyOf(world: World, sealed: string): KeyObject {
  const cache = world.caches.named<KeyObject>('webhook.secret');
  const known = cache.get(sealed);
  if (known) return known;
  const version = cache.version();
  const key = createSecretKey(world.secrets.open(sealed), 'utf8');
  cache.set(sealed, key, version);
  return key;
}

/**
 * `X-Spark-Signature`: HMAC-SHA1 of the exact body in lower-case hex (documented); undefined without a secret.
 * @throws Error when the secret was sealed with another key than the world's
 */
export function signatureOf(world: World, payload: DeliveryPayload): string | undefined {
  if (payload.signature !== undefined || !payload.secret) return payload.signature;
  return createHmac('sha1', keyOf(world, payload.secret)).update(bodyOf(payload)).digest('hex');
}
