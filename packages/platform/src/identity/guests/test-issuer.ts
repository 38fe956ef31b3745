import { randomUUID } from 'node:crypto';
import { addApp } from '@moothall/platform';
import type { TestPlatform } from '@moothall/testkit';
import { SignJWT } from 'jose';

/** A guest issuer for tests, with what its owner knows of it. */
export type TestIssuer = { issuerId: string; secret: string; key: Uint8Array; clientId: string };

/** Adds a guest issuer to the test platform's organisation. */
export async function addIssuer(kit: TestPlatform, orgId = kit.orgId): Promise<TestIssuer> {
  const issuerId = `issuer-${randomUUID()}`;
  const secret = Buffer.from(randomUUID()).toString('base64');
  const request = { kind: 'guest_issuer' as const, name: 'Desk', orgId, issuerId, secret };
  const { clientId } = await kit.world.store.tx((tx) => addApp(kit.world, tx, request));
  return { issuerId, secret, key: Buffer.from(secret, 'base64'), clientId };
}

/** A JWT as the issuer's owner would sign it for the next hour; a claim of undefined is left out. */
export function guestJwt(
  kit: TestPlatform,
  issuer: TestIssuer,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const exp = Math.floor(kit.world.clock.nowMs() / 1000) + 3600;
  const payload = { iss: issuer.issuerId, sub: 'guest-1', name: 'Gus Guest', exp, ...claims };
  return new SignJWT(payload as never).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(issuer.key);
}
