import type { Mount } from '@moothall/http';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { changeMembership, deleteMembership as remove } from './change-membership.ts';
import {
  createMembership,
  deleteMembership,
  getMembership,
  listMemberships,
  updateMembership,
} from './memberships.contract.ts';
import { presentMembership } from './memberships.present.ts';
import {
  createMembership as create,
  listMemberships as list,
  showMembership,
} from './memberships.service.ts';

/** Ties the operations of memberships to their handlers. */
export function mountMemberships(mount: Mount, world: World): void {
  mount(listMemberships, async (request) => {
    const { query } = request;
    const after = query.cursor === undefined ? undefined : decodeKeyset(query.cursor, { byTime: true });
    const rows = await list(world, request, { after, ...query });
    return pageOf(rows, query.max, presentMembership, ({ created, personId, roomId }) => ({
      key: created,
      id: query.roomId === undefined ? roomId : personId,
    }));
  });
  mount(createMembership, async (request) => presentMembership(await create(world, request, request.body)));
  mount(getMembership, async (request) =>
    presentMembership(await showMembership(world, request, request.params.membershipId)),
  );
  mount(updateMembership, async (request) =>
    presentMembership(await changeMembership(world, request, request.params.membershipId, request.body)),
  );
  mount(
    deleteMembership,
    async (request) => void (await remove(world, request, request.params.membershipId)),
  );
}
