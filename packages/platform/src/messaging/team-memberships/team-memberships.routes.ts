import type { Mount } from '@moothall/http';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import {
  createTeamMembership,
  deleteTeamMembership,
  getTeamMembership,
  listTeamMemberships,
  updateTeamMembership,
} from './team-memberships.contract.ts';
import { presentTeamMembership } from './team-memberships.present.ts';
import {
  addTeamMembership,
  changeTeamMembership,
  listTeamMembers,
  removeTeamMembership,
  showTeamMember,
} from './team-memberships.service.ts';

/** Ties the operations of team memberships to their handlers. */
export function mountTeamMemberships(mount: Mount, world: World): void {
  mount(listTeamMemberships, async (request) => {
    const { query } = request;
    const after = query.cursor === undefined ? undefined : decodeKeyset(query.cursor, { byTime: true });
    const rows = await listTeamMembers(world, request, { after, ...query });
    return pageOf(rows, query.max, presentTeamMembership, (row) => ({
      key: row.created.toISOString(),
      id: row.person_id,
    }));
  });
  mount(createTeamMembership, async (request) =>
    presentTeamMembership(await addTeamMembership(world, request, request.body)),
  );
  mount(getTeamMembership, async (request) =>
    presentTeamMembership(await showTeamMember(world, request, request.params.membershipId)),
  );
  mount(updateTeamMembership, async (request) => {
    const { params, body } = request;
    return presentTeamMembership(
      await changeTeamMembership(world, request, params.membershipId, body.isModerator),
    );
  });
  mount(
    deleteTeamMembership,
    async (request) => void (await removeTeamMembership(world, request, request.params.membershipId)),
  );
}
