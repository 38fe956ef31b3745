import { type LimitName, type Limits, limitLedger } from '@moothall/core';
import { type Mount, Page } from '@moothall/http';
import { grantorOf, scopeCatalogue } from '../../identity/scopes/index.ts';
import type { World } from '../../world.ts';
import { listAppsOf } from '../apps/index.ts';
import { getOpenApi, listLimits, listOperations, listScopes } from './portal-reference.contract.ts';
import { describePublic, documentOperations, operationsByScope } from './public-operations.ts';

function limitsInForce(limits: Limits) {
  return (Object.keys(limitLedger) as LimitName[]).map((name) => {
    const { value: usual, what, unit, source } = limitLedger[name];
    return { name, what, value: limits.get(name), usual, unit, source };
  });
}

async function scopesFor(world: World, personId: string) {
  const max = world.limits.get('page.max');
  const apps = await listAppsOf(world.store.db, { ownerId: personId, max });
  const opened = operationsByScope(world);
  return [...scopeCatalogue.values()].map((row) => ({
    scope: row.scope,
    area: row.area,
    text: row.text,
    grantor: grantorOf(row),
    roles: [...(row.roles ?? [])],
    operations: opened.get(row.scope) ?? [],
    apps: apps.filter(({ scopes }) => scopes.includes(row.scope)).map(({ id, name }) => ({ id, name })),
  }));
}

/** Ties the operations of the portal's reference pages to their handlers. */
export function mountPortalReference(mount: Mount, world: World): void {
  // The registry does not change while a process runs; to describe it takes a while.
  let described: ReturnType<typeof describePublic> | undefined;
  let documented: ReturnType<typeof documentOperations> | undefined;
  mount(listLimits, () => new Page(limitsInForce(world.limits)));
  mount(listScopes, async ({ actor }) => new Page(await scopesFor(world, actor.personId)));
  mount(getOpenApi, () => {
    described ??= describePublic(world);
    return described as { openapi: string; paths: Record<string, unknown> };
  });
  mount(listOperations, () => {
    documented ??= documentOperations(world);
    return new Page(documented);
  });
}
