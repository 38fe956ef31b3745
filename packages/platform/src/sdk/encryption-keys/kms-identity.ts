import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { World } from '../../world.ts';
import { makeCertifiedKey } from './certificate.ts';
import { keyUri } from './key-uris.ts';
import {
  insertIdentity,
  type KmsIdentityRow,
  listIdentities,
  lockIdentityMaking,
} from './kms-identity.store.ts';

/** The key service as its clients know it. */
export type KmsIdentity = {
  kid: string;
  privateKey: KeyObject;
  /** `kty`, `kid`, `n`, `e` and `x5c` with one certificate. */
  publicJwk: Record<string, unknown>;
};

const CACHED = 'identity';

/** The newest that the deployment's secret opens: after a change of the secret none does. */
function usable(world: World, rows: readonly KmsIdentityRow[]): KmsIdentity | undefined {
  for (const row of rows) {
    const kid = keyUri('identities', row.id);
    try {
      const privateKey = createPrivateKey(world.secrets.open(row.private_sealed));
      return { kid, privateKey, publicJwk: { ...row.public_jwk, kid } };
    } catch (error) {
      world.log.warn(
        { err: error, kid },
        'an identity of the key service does not open: the secret key has changed',
      );
    }
  }
  return undefined;
}

/** Makes an identity and emits `kmsIdentities:created`, unless another process has made one meanwhile. */
async function makeIdentity(world: World): Promise<KmsIdentity> {
  const { publicJwk, privatePem } = await makeCertifiedKey(world);
  return world.store.tx(async (tx) => {
    await lockIdentityMaking(tx.db);
    const theirs = usable(world, await listIdentities(tx.db));
    if (theirs) return theirs;
    const id = world.ids.uuid();
    const row = {
      id,
      public_jwk: publicJwk,
      private_sealed: world.secrets.seal(privatePem),
      created: world.clock.now(),
    };
    await insertIdentity(tx.db, row);
    tx.emit({ resource: 'kmsIdentities', event: 'created', dataId: id, data: { id } });
    return usable(world, [row])!;
  });
}

/** The identity of the key service, made at its first use and kept sealed. */
export async function kmsIdentity(world: World): Promise<KmsIdentity> {
  const cache = world.caches.named<KmsIdentity>('kms-identity');
  const known = cache.get(CACHED);
  if (known) return known;
  const version = cache.version();
  const identity = usable(world, await listIdentities(world.store.db)) ?? (await makeIdentity(world));
  cache.set(CACHED, identity, version);
  return identity;
}

/** The public key of the key service with its self-signed certificate, as a JWK: `kty`, `kid`, `n`, `e`, `x5c`. */
export async function kmsCertificate(world: World): Promise<Record<string, unknown>> {
  return (await kmsIdentity(world)).publicJwk;
}
