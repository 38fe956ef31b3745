import type { Actor } from '@moothall/contract';
import type { World } from '../../../world.ts';
import { findOrganization } from '../../organizations/index.ts';
import { type AuthorizationQuery, checkRequest } from '../authorize/request-checks.ts';
import { resolveTarget } from '../authorize/target.ts';
import type { OAuthClient } from '../clients/client.ts';
import { type ConsentFacts, consentFacts, lackingRoles, lastConsent } from './consent-facts.ts';
import { scopeCatalogue } from './scopes.ts';

/** The place that a person recognises: a web host with its port, or the scheme of an app. */
function redirectHostOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  return url.host === '' ? url.protocol : url.host;
}

function presentScope(scope: string, before: ReadonlySet<string> | undefined) {
  const row = scopeCatalogue.get(scope);
  const isNew = before !== undefined && !before.has(scope);
  // One that the catalogue does not know speaks for itself.
  return { scope, area: row?.area ?? 'Other', text: row?.text ?? scope, isNew };
}

async function presentClient(world: World, { clientId, name, orgId, settings }: OAuthClient) {
  const { description, iconName, iconPath } = settings;
  const owner = await findOrganization(world, orgId);
  return {
    clientId,
    name,
    iconName,
    ...(description !== '' && { description }),
    ...(iconPath !== undefined && { iconPath }),
    ...(owner && { organizationName: owner.display_name }),
  };
}

/** What a person is told of a consent before they decide. */
export async function presentConsent(world: World, actor: Actor, { asked, barrier }: ConsentFacts) {
  const { client, scopes } = asked;
  const before = await lastConsent(world, actor, client.clientId);
  return {
    client: await presentClient(world, client),
    scopes: scopes.map((scope) => presentScope(scope, before)),
    isFirstConsent: before === undefined,
    ...(barrier && { barrier }),
    lackingRoles: lackingRoles(actor, scopes).map(({ scope, roles }) => ({ scope, roles: [...roles] })),
  };
}

/** What the consent page shows somebody of a request. @throws ApiError 400 for one that is wrong */
export async function showRequest(world: World, actor: Actor, query: AuthorizationQuery, authTime: Date) {
  const request = checkRequest(world, await resolveTarget(world, query), query);
  const { prompts, loginHint, redirectUri } = request;
  const facts = await consentFacts(world, request, actor, authTime);
  return {
    ...(await presentConsent(world, actor, facts)),
    redirectHost: redirectHostOf(redirectUri),
    prompts: [...prompts],
    ...(loginHint !== undefined && { loginHint }),
    mustSignIn: facts.mustSignIn,
  };
}
