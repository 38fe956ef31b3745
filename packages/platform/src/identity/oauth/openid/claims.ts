import type { Actor } from '@moothall/contract';
import type { PersonFacts } from '../../../people/people/index.ts';

/** What a client may know of somebody by the scopes that they agreed to. */
export type Claims = { sub: string; email?: string; email_verified?: boolean; name?: string };

/** The claims of the scopes `email` and `profile`; `sub` is always told (OpenID Connect, 5.4). */
export function claimsOf(
  person: Pick<PersonFacts, 'id' | 'email' | 'displayName'>,
  scopes: ReadonlySet<string>,
): Claims {
  return {
    sub: person.id,
    ...(scopes.has('email') && { email: person.email, email_verified: true }),
    ...(scopes.has('profile') && { name: person.displayName }),
  };
}

/** The claims of whoever holds a token. */
export function claimsOfActor({ personId, email, displayName, scopes }: Actor): Claims {
  return claimsOf({ id: personId, email, displayName }, scopes);
}
