import type { Mount } from '@moothall/http';
import { resource } from '../../resource.ts';
import type { World } from '../../world.ts';
import { createPersonalToken, deletePersonalToken, getPersonalToken } from './personal-tokens.contract.ts';
import {
  createPersonalToken as create,
  endPersonalToken,
  findOwnPersonalToken,
} from './personal-tokens.service.ts';
import { personalTokenMigrations } from './personal-tokens.table.ts';

function mountPersonalTokens(mount: Mount, world: World): void {
  mount(getPersonalToken, async (request) => {
    const row = await findOwnPersonalToken(world, request);
    if (!row) return {};
    const { created, expires_at, scopes } = row;
    return { token: { created: created.toISOString(), expires: expires_at!.toISOString(), scopes } };
  });
  mount(createPersonalToken, async (request) => {
    const { created, expires, ...made } = await create(world, request);
    return { ...made, created: created.toISOString(), expires: expires.toISOString() };
  });
  mount(deletePersonalToken, async (request) => void (await endPersonalToken(world, request)));
}

/** The personal access token that the portal gives: one at a time. */
export const personalTokens = resource({
  name: 'personal-tokens',
  area: 'identity',
  operations: [getPersonalToken, createPersonalToken, deletePersonalToken],
  routes: mountPersonalTokens,
  migrations: personalTokenMigrations,
});
