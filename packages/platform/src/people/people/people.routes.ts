import { type Mount, Page } from '@moothall/http';
import { pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { createPerson as create, deletePerson as remove, replacePerson } from './manage-people.service.ts';
import { createPerson, deletePerson, getMe, getPerson, listPeople, updatePerson } from './people.contract.ts';
import { presentPerson } from './people.present.ts';
import { listPeople as list, lookUpPeople, showPerson, viewPerson } from './people.service.ts';

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
    const views = await list(world, request, query);
    return pageOf(views, query.max, presentPerson, ({ row }) => ({ key: '', id: row.id }));
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
