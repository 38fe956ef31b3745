import { ApiError, encodeWireId, generalErrors } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { findPersonByEmail, mintToken } from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';
import type { LabParts } from '../lab-parts.ts';
import { defaultScopes } from './default-scopes.ts';
import { approveConsent, mintLabToken } from './lab-tokens.operations.ts';

/** Ties the operations of tokens and consents to their verbs. */
export function mountLabTokens(mount: Mount, { world }: LabParts): void {
  mount(mintLabToken, async ({ body }) => {
    const person = await findPersonByEmail(world, body.personEmail);
    if (!person)
      throw new ApiError(labErrors['lab.person_not_found'], { parameters: { email: body.personEmail } });
    const scopes = [...new Set(body.scopes ?? defaultScopes(world, person))];
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
  mount(approveConsent, () => {
    const parameters = { operation: 'consents come with OAuth' };
    throw new ApiError(generalErrors['operation.not_built'], { parameters });
  });
}
