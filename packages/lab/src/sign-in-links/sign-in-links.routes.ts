import { ApiError } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { createSignInLink, findPersonByEmail, signInUrl } from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';
import type { LabParts } from '../lab-parts.ts';
import { makeLabSignInLink } from './sign-in-links.contract.ts';

/** Ties the operation of links that sign in to its verb. */
export function mountLabSignInLinks(mount: Mount, { world }: LabParts): void {
  mount(makeLabSignInLink, async ({ body: { personEmail: email }, baseUrl }) => {
    const person = await findPersonByEmail(world, email);
    if (person?.type !== 'person')
      throw new ApiError(labErrors['lab.person_not_found'], { parameters: { email } });
    const request = { personId: person.id, orgId: person.orgId, purpose: 'lab' as const };
    const { token } = await world.store.tx((tx) => createSignInLink(world, tx, request));
    return { url: signInUrl(baseUrl, token) };
  });
}
