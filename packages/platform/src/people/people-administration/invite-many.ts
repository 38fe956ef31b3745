import { emailText } from '@moothall/contract';
import { ApiError, encodeWireId } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import { loadLicenseIds } from '../../identity/licenses/index.ts';
import { accessOrganizationId } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';
import { licenseKeysOf } from './licenses-of-user.ts';
import { createUser } from './people-administration.service.ts';

/** What became of one address. */
export type InvitationResult = {
  address: string;
  status: 'invited' | 'refused';
  id?: string;
  reason?: string;
};

async function invite(
  world: World,
  decider: Decider,
  address: string,
  licenses: readonly string[],
): Promise<InvitationResult> {
  const parsed = emailText.safeParse(address);
  if (!parsed.success) {
    return {
      address,
      status: 'refused',
      reason: 'This is no e-mail address: give one such as ada@example.com.',
    };
  }
  const email = parsed.data;
  const displayName = email.slice(0, email.lastIndexOf('@'));
  try {
    const { id } = await createUser(world, decider, { email, displayName, licenses });
    return { address, status: 'invited', id: encodeWireId('PEOPLE', id) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { address, status: 'refused', reason: error.message };
  }
}

/**
 * Invites each address for itself, in their order: one that is refused holds no other up.
 * @param licenses wire ids, for each of them
 * @throws ApiError `people.unknown_license`
 */
export async function inviteMany(
  world: World,
  decider: Decider,
  addresses: readonly string[],
  licenses: readonly string[] = [],
): Promise<InvitationResult[]> {
  licenseKeysOf(await loadLicenseIds(world.store.db, accessOrganizationId(decider)), licenses);
  const results: InvitationResult[] = [];
  for (const address of addresses) results.push(await invite(world, decider, address, licenses));
  return results;
}
