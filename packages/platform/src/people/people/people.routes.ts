import { type Mount, Page } from '@moothall/http';
import type { z } from 'zod';
import { pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { createPerson as create, deletePerson as remove, replacePerson } from './manage-people.service.ts';
import { createPerson, deletePerson, getMe, getPerson, listPeople, updatePerson } from './people.contract.ts';
import { presentPerson } from './people.present.ts';
import { listPeople as list, lookUpPeople, showPerson, viewPerson } from './people.service.ts';

/** Calling data and places make people costly to list, which makes pages smaller (documented). */
function pageMax(
  { limits }: World,
  { max, callingData, locationId }: z.output<NonNullable<typeof listPeople.query>>,
): number {
  if (locationId) return Math.min(max, limits.get('people.page_max_location'));
  return callingData ? Math.min(max, limits.get('people.page_max_calling')) : max;
}

/** Ties the operations of people to their handlers. */
export function mountPeople(mount: Mount, world: World): void {
  mount(getMe, async (request) => presentPerson(await showPerson(world, request, request.actor.personId)));
  mount(getPerson, async (request) =>
    presentPerson(await showPerson(world, request, request.params.personId)),
  );
  mount(listPeople, async (request) => {
    const { query } = request;
    if (query.id?.length) {
      const { views, notFoundIds } = await lookUpPeople(world, request, query.id);
      return new Page(views.map(presentPerson), undefined, { notFoundIds });
    }
    const max = pageMax(world, query);
    const views = await list(world, request, { ...query, max });
    return pageOf(views, max, presentPerson, ({ row }) => ({ key: '', id: row.id }));
  });
  mount(createPerson, async (request) => {
    const row = await create(world, request, request.body);
    return presentPerson(await viewPerson(world, request, row, 'admin'));
  });
  mount(updatePerson, async (request) => {
    const row = await replacePerson(world, request, request.params.personId, request.body);
    return presentPerson(await viewPerson(world, request, row, 'admin'));
  });
  mount(deletePerson, async (request) => {
    await remove(world, request, request.params.personId);
    return undefined;
  });
}
