import type { ErrorDefinition, Uuid } from '@moothall/core';
import { mayCreateEmbeddedApps } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';
import { availabilityErrors, availabilityIn } from '../availability/index.ts';
import { appType } from './app-fields.contract.ts';
import { appErrors } from './apps.errors.ts';

function refusalIn(facts: { isGov: boolean; mayEmbed: boolean }, type: string): ErrorDefinition | undefined {
  if (facts.isGov) return availabilityErrors['apps.not_in_gov'];
  return type === 'embedded' && !facts.mayEmbed ? appErrors['app.embedded_needs_organization'] : undefined;
}

/** The kinds of apps, each with the reason why nobody of an organisation can make one, if there is one. */
export async function appKindsFor(world: World, orgId: Uuid) {
  const { isGov } = await availabilityIn(world, orgId);
  const facts = { isGov, mayEmbed: await mayCreateEmbeddedApps(world, orgId) };
  return appType.options.map((type) => {
    const refusal = refusalIn(facts, type);
    const offersSandbox = refusal === appErrors['app.embedded_needs_organization'];
    return { type, ...(refusal && { refusal: refusal.message }), offersSandbox };
  });
}
