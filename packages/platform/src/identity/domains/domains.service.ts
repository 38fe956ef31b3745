import { ApiError } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  applyOrganizationChange,
  asciiDomain,
  findOrganizationIdByDomain,
  lockDomain,
  lockOwnOrganization,
  organizationErrors,
} from '../organizations/index.ts';

/**
 * Claims a mail domain for the administrator's organisation. The lab believes it at once; elsewhere a claim
 * without proof would take people away from whoever has the domain, so it is refused.
 * @returns the domain in ASCII form
 * @throws ApiError `domain.invalid`, `domain.taken`, `domain.not_verifiable`
 */
export async function claimDomain(world: World, decider: Decider, text: string): Promise<string> {
  const name = asciiDomain(text);
  const isBots = name === world.config.botDomain.toLowerCase();
  if (name === undefined || isBots || !name.includes('.'))
    throw new ApiError(organizationErrors['domain.invalid']);
  if (world.config.mode !== 'lab') throw new ApiError(organizationErrors['domain.not_verifiable']);
  await world.store.tx(async (tx) => {
    await lockDomain(tx.db, name);
    const before = await lockOwnOrganization(tx, decider);
    const holder = await findOrganizationIdByDomain(tx.db, name);
    if (holder === before.id) return;
    if (holder) throw new ApiError(organizationErrors['domain.taken'], { parameters: { name } });
    const change = { domains: [...before.domains, name] };
    await applyOrganizationChange(world, tx, decider, before, change, `claimed the mail domain ${name}`);
  });
  return name;
}
