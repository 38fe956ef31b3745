import { ApiError, encodeWireId } from '@moothall/core';
import type { Mount } from '@moothall/http';
import {
  approveAuthorizationAs,
  findPersonByEmail,
  mintToken,
  type PersonFacts,
  scopesOfRoles,
  type World,
} from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';
import type { LabParts } from '../lab-parts.ts';
import { labPeople } from './lab-people.ts';
import { approveConsent, listLabPeople, mintLabToken } from './lab-tokens.contract.ts';

async function personOf(world: World, email: string): Promise<PersonFacts> {
  const person = await findPersonByEmail(world, email);
  if (!person) throw new ApiError(labErrors['lab.person_not_found'], { parameters: { email } });
  return person;
}

/** What stands between the question mark and the fragment; the rest may be anything. */
function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1).split('#')[0]!;
}

/** Ties the operations of tokens and consents to their verbs. */
export function mountLabTokens(mount: Mount, { world }: LabParts): void {
  mount(mintLabToken, async ({ body }) => {
    const person = await personOf(world, body.personEmail);
    const scopes = [...new Set(body.scopes ?? scopesOfRoles(world, person.roles))];
    const lifetimeSeconds = body.expiresInSeconds ?? world.limits.get('token.lab_lifetime');
    const request = { personId: person.id, orgId: person.orgId, scopes, lifetimeSeconds };
    const { token, expiresAt } = await world.store.tx((tx) => mintToken(world, tx, request));
    return {
      token,
      personId: encodeWireId('PEOPLE', person.id),
      scopes,
      expires: expiresAt!.toISOString(),
    };
  });
  mount(listLabPeople, async ({ query }) => ({ items: await labPeople(world, query.max) }));
  mount(approveConsent, async ({ body, trace }) => {
    const person = await personOf(world, body.personEmail);
    const query = queryOf(body.authorizeUrl);
    return { redirectUrl: await approveAuthorizationAs(world, person, query, trace) };
  });
}
