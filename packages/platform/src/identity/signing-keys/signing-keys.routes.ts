import { createPublicKey } from 'node:crypto';
import type { Mount } from '@moothall/http';
import type { World } from '../../world.ts';
import { getVerificationKeys } from './signing-keys.contract.ts';
import { publicKeys } from './signing-keys.service.ts';

const KEPT_SECONDS = 21_600;

/** Ties the verification keys to their address. */
export function mountSigningKeys(mount: Mount, world: World): void {
  mount(getVerificationKeys, async () => {
    const keys = await publicKeys(world);
    const newest = createPublicKey({ key: keys[0]!, format: 'jwk' });
    return {
      keys: keys as { kid: string; kty: 'RSA'; n: string; e: string }[],
      key_valid_time: KEPT_SECONDS,
      new_verification_key: newest.export({ type: 'spki', format: 'der' }).toString('base64'),
    };
  });
}
