import type { Mount } from '@moothall/http';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { createTeam, deleteTeam, getTeam, listTeams, updateTeam } from './teams.contract.ts';
import { presentTeam } from './teams.present.ts';
import {
  createTeam as create,
  deleteTeam as remove,
  showTeam,
  updateTeam as update,
} from './teams.service.ts';
import { listTeamsOf } from './teams.store.ts';

/** Ties the operations of teams to their handlers. */
export function mountTeams(mount: Mount, world: World): void {
  mount(listTeams, async ({ actor, query }) => {
    const after = query.cursor === undefined ? undefined : decodeKeyset(query.cursor, { byTime: false }).id;
    const rows = await listTeamsOf(world.store.db, actor.personId, { max: query.max, after });
    return pageOf(rows, query.max, presentTeam, (row) => ({ key: '', id: row.id }));
  });
  mount(createTeam, async (request) => presentTeam(await create(world, request, request.body)));
  mount(getTeam, async (request) => presentTeam(await showTeam(world, request, request.params.teamId)));
  mount(updateTeam, async (request) =>
    presentTeam(await update(world, request, request.params.teamId, request.body)),
  );
  mount(deleteTeam, async (request) => void (await remove(world, request, request.params.teamId)));
}
