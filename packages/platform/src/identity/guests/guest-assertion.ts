import { compactVerify, decodeJwt } from 'jose';
import { z } from 'zod';
import { findGuestIssuer, type GuestIssuer } from '../../apps/apps/index.ts';
import type { World } from '../../world.ts';

/** What a guest issuer says of a guest. */
export type GuestAssertion = { issuer: GuestIssuer; subject: string; displayName: string };

/** Why an assertion is not believed; for the trace, never for the wire. */
export class DistrustedAssertion extends Error {}

/** Seconds since 1970; a Python client sends them as text (as observed). */
const seconds = z
  .union([z.number(), z.string().regex(/^\d{1,16}(\.\d{1,9})?$/)])
  .transform(Number)
  .pipe(z.number());

function claimsOf(subjectMax: number, nameMax: number) {
  return z.object({
    iss: z.string().min(1).max(256).refine(isStorable),
    sub: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .max(subjectMax),
    name: z.string().trim().min(1).max(nameMax).refine(isStorable),
    exp: seconds,
    nbf: seconds.optional(),
  });
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function distrust(reason: string): never {
  throw new DistrustedAssertion(reason);
}

function readClaims({ limits }: World, jwt: string) {
  let payload: unknown;
  try {
    payload = decodeJwt(jwt);
  } catch {
    return distrust('it is no JWT');
  }
  const schema = claimsOf(limits.get('guest.subject'), limits.get('people.name'));
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? 'payload')))];
  return distrust(`it lacks a usable claim: ${names.join(', ')}`);
}

function checkTimes({ clock, limits }: World, { exp, nbf }: { exp: number; nbf?: number | undefined }): void {
  const nowSeconds = clock.nowMs() / 1000;
  if (exp <= nowSeconds) distrust('exp is past');
  if (exp - nowSeconds > limits.get('guest.assertion_lifetime')) distrust('exp is too far away');
  if (nbf !== undefined && nbf > nowSeconds) distrust('nbf is not reached');
}

/**
 * Checks the JWT of a guest issuer: HS256 with the decoded secret of the app that `iss` names, and no other
 * algorithm; times by the world's clock.
 * @throws DistrustedAssertion saying why
 */
export async function checkAssertion(world: World, jwt: string): Promise<GuestAssertion> {
  const claims = readClaims(world, jwt);
  const issuer = await findGuestIssuer(world, claims.iss);
  if (!issuer) return distrust('iss names no guest issuer');
  try {
    await compactVerify(jwt, issuer.key, { algorithms: ['HS256'] });
  } catch (error) {
    return distrust(`its signature does not hold: ${(error as Error).message}`);
  }
  checkTimes(world, claims);
  return { issuer, subject: claims.sub, displayName: claims.name };
}
