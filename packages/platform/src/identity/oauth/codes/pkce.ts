import { createHash, timingSafeEqual } from 'node:crypto';
import type { CodeTable } from '../oauth.table.ts';

/** The form of a challenge, and of a verifier: 43 to 128 unreserved characters (RFC 7636). */
export const PKCE_TEXT = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * Whether a verifier is that of a code: a code with a challenge needs it, one without takes none, so that
 * nobody can strip PKCE from a request on its way (RFC 9700, 2.1.1).
 */
export function matchesChallenge(
  { challenge, challenge_method }: Pick<CodeTable, 'challenge' | 'challenge_method'>,
  verifier: string | undefined,
): boolean {
  if (challenge === null || verifier === undefined) return challenge === null && verifier === undefined;
  if (!PKCE_TEXT.test(verifier)) return false;
  const derived =
    challenge_method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  const [a, b] = [Buffer.from(derived), Buffer.from(challenge)];
  return a.length === b.length && timingSafeEqual(a, b);
}
