import { createPublicKey } from 'node:crypto';
import { publicKeys, signJwt } from '@moothall/platform';
import { startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
});
afterAll(() => kit.close());

const PATH = '/idb/oauth2/v2/keys/verification';

describe('signing keys', () => {
  it('are made once, also by many who need one at once, and check what was signed', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 4 }, () => signJwt(kit.world, { iss: kit.baseUrl, aud: 'x', sub: 'y' }, 60)),
    );
    const { status, body } = await kit.anonymous.get(PATH);
    expect([status, body.keys.length]).toEqual([200, 1]);
    for (const token of tokens) {
      const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(body), {
        issuer: kit.baseUrl,
        audience: 'x',
        currentDate: kit.world.clock.now(),
      });
      expect(payload.exp! - payload.iat!).toBe(60);
      expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: body.keys[0].kid });
    }
    const der = Buffer.from(body.new_verification_key, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'jwk' });
    expect(key).toMatchObject({ n: body.keys[0].n, e: body.keys[0].e });
  });

  it('tell nothing of their private half', async () => {
    const { rows } = await kit.world.store.pool.query<{ text: string }>(
      'select string_agg(k::text, chr(10)) as text from signing_key k',
    );
    expect(rows[0]!.text).not.toContain('PRIVATE KEY');
    for (const key of await publicKeys(kit.world)) expect(Object.keys(key)).not.toContain('d');
  });

  it('that do not open after a change of the secret are followed by a new one, and still check', async () => {
    await kit.world.store.pool.query("update signing_key set private_sealed = 'AAAA'");
    kit.world.caches.clearAll();
    await signJwt(kit.world, { sub: 'y' }, 60);
    expect((await kit.anonymous.get(PATH)).body.keys).toHaveLength(2);
  });
});
