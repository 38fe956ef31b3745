import { type Mount, Page } from '@moothall/http';
import type { World } from '../../world.ts';
import { countTokens } from '../tokens/index.ts';
import {
  deleteAuthorization,
  deleteAuthorizationInHub,
  deleteAuthorizations,
  deleteAuthorizationsInHub,
  getTokenExpiry,
  listAuthorizations,
  listAuthorizationsInHub,
} from './authorizations.contract.ts';
import { presentAuthorization, presentInHub } from './authorizations.present.ts';
import {
  listAuthorizationsOf,
  revokeAuthorization,
  revokeClient,
  tokenExpiryMs,
} from './authorizations.service.ts';

function mountHub(mount: Mount, world: World): void {
  mount(listAuthorizationsInHub, async (request) => {
    const { person, authorizations } = await listAuthorizationsOf(world, request, request.params);
    const count = await countTokens(world, world.store.db, person.id);
    const limit = world.limits.get('token.active_per_account');
    return { items: authorizations.map(presentInHub), count, limit };
  });
  mount(deleteAuthorizationInHub, async (request) => {
    await revokeAuthorization(world, request, request.params.authorizationId);
    return undefined;
  });
  mount(deleteAuthorizationsInHub, async (request) => {
    await revokeClient(world, request, request.query);
    return undefined;
  });
}

/** Ties the operations of authorizations to their handlers. */
export function mountAuthorizations(mount: Mount, world: World): void {
  mount(listAuthorizations, async (request) => {
    const { authorizations } = await listAuthorizationsOf(world, request, request.query);
    return new Page(authorizations.map(presentAuthorization));
  });
  mount(deleteAuthorization, async (request) => {
    await revokeAuthorization(world, request, request.params.authorizationId);
    return undefined;
  });
  mount(deleteAuthorizations, async (request) => {
    await revokeClient(world, request, request.query);
    return undefined;
  });
  mount(getTokenExpiry, async (request) => ({ exp: await tokenExpiryMs(world, request) }));
  mountHub(mount, world);
}
