import { createPrivateKey, generateKeyPair as generateKeyPairNow, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { exportJWK, type JWTPayload, SignJWT } from 'jose';
import type { World } from '../../world.ts';
import {
  insertSigningKey,
  listSigningKeys,
  lockKeyMaking,
  type SigningKeyRow,
} from './signing-keys.store.ts';

type SigningKey = { kid: string; privateKey: KeyObject };

const generateKeyPair = promisify(generateKeyPairNow);
const RSA_BITS = 2048;
const CACHED = 'signer';

/** The newest key that the deployment's secret opens: after a change of the secret none does. */
function usable(world: World, rows: readonly SigningKeyRow[]): SigningKey | undefined {
  for (const row of rows) {
    try {
      return { kid: row.id, privateKey: createPrivateKey(world.secrets.open(row.private_sealed)) };
    } catch (error) {
      world.log.warn({ err: error, kid: row.id }, 'a signing key does not open: the secret key has changed');
    }
  }
  return undefined;
}

/** Makes a key pair and emits `signingKeys:created`, unless another process has made one meanwhile. */
async function makeKey(world: World): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('rsa', { modulusLength: RSA_BITS });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig' };
  return world.store.tx(async (tx) => {
    await lockKeyMaking(tx.db);
    const theirs = usable(world, await listSigningKeys(tx.db));
    if (theirs) return theirs;
    const id = world.ids.uuid();
    await insertSigningKey(tx.db, {
      id,
      public_jwk: jwk,
      private_sealed: world.secrets.seal(pem),
      created: world.clock.now(),
    });
    tx.emit({ resource: 'signingKeys', event: 'created', dataId: id, data: { id } });
    return { kid: id, privateKey };
  });
}

async function signingKey(world: World): Promise<SigningKey> {
  const cache = world.caches.named<SigningKey>('signing-key');
  const known = cache.get(CACHED);
  if (known) return known;
  const version = cache.version();
  const key = usable(world, await listSigningKeys(world.store.db)) ?? (await makeKey(world));
  cache.set(CACHED, key, version);
  return key;
}

/**
 * Signs a JWT (RS256) by the world's clock. The key is made at the first use, kept sealed, and named by `kid`.
 * @param claims with `iss` and `aud`; `iat` and `exp` are set here
 * @param lifetimeSeconds from now
 */
export async function signJwt(world: World, claims: JWTPayload, lifetimeSeconds: number): Promise<string> {
  const { kid, privateKey } = await signingKey(world);
  const nowSeconds = Math.floor(world.clock.nowMs() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(privateKey);
}

/** Public keys by which signatures are checked, newest first; there is always one. */
export async function publicKeys(world: World): Promise<(Record<string, unknown> & { kid: string })[]> {
  await signingKey(world);
  const rows = await listSigningKeys(world.store.db);
  return rows.map((row) => ({ ...row.public_jwk, kid: row.id }));
}
