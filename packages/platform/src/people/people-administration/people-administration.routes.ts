import { encodeWireId, type Uuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import type { Decider } from '../../authorize.ts';
import { listLicensesInUse, loadLicenseIds } from '../../identity/licenses/index.ts';
import { accessOrganizationId, findOrganizationFacts } from '../../identity/organizations/index.ts';
import { pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { deletePersonAs, type PersonRow } from '../people/index.ts';
import { inviteMany } from './invite-many.ts';
import {
  changeUser,
  createUser,
  deleteUser,
  getOverview,
  getUser,
  inviteUserAgain,
  inviteUsers,
  listUsers,
} from './people-administration.contract.ts';
import { presentUser, presentUserDetails } from './people-administration.present.ts';
import {
  changeUser as change,
  createUser as create,
  inviteAgain,
  listUsers as list,
  showUser,
} from './people-administration.service.ts';
import { countApps, countUsers } from './people-administration.store.ts';

async function details(world: World, row: PersonRow) {
  const { db } = world.store;
  const [licenses, apps] = await Promise.all([
    loadLicenseIds(db, row.org_id as Uuid),
    countApps(db, row.org_id, row.id),
  ]);
  return presentUserDetails(row, licenses, apps);
}

async function overview(world: World, decider: Decider) {
  const orgId = accessOrganizationId(decider);
  const { db } = world.store;
  const [org, people, apps, licenses] = await Promise.all([
    findOrganizationFacts(world, orgId),
    countUsers(db, orgId),
    countApps(db, orgId),
    listLicensesInUse(db, orgId),
  ]);
  return {
    organization: {
      id: encodeWireId('ORGANIZATION', orgId),
      displayName: org?.displayName ?? '',
      isSandbox: org?.kind === 'sandbox',
    },
    people,
    apps,
    licenses: licenses.map(({ id, name, totalUnits, consumedUnits }) => ({
      id,
      name,
      totalUnits,
      consumedUnits,
    })),
  };
}

/** Ties the operations of the hub about people to their handlers. */
export function mountPeopleAdministration(mount: Mount, world: World): void {
  mount(getOverview, (request) => overview(world, request));
  mount(listUsers, async (request) => {
    const rows = await list(world, request, request.query);
    const licenses = await loadLicenseIds(world.store.db, request.actor.orgId);
    const present = (row: PersonRow) => presentUser(row, licenses);
    return pageOf(rows, request.query.max, present, ({ id }) => ({ key: '', id }));
  });
  mount(getUser, async (request) => details(world, await showUser(world, request, request.params.personId)));
  mount(createUser, async (request) => details(world, await create(world, request, request.body)));
  mount(inviteUsers, async (request) => ({
    results: await inviteMany(world, request, request.body.addresses, request.body.licenses),
  }));
  mount(changeUser, async (request) =>
    details(world, await change(world, request, request.params.personId, request.body)),
  );
  mount(deleteUser, async (request) => {
    await deletePersonAs(world, request, request.params.personId);
    return undefined;
  });
  mount(inviteUserAgain, async (request) => {
    await inviteAgain(world, request, request.params.personId);
    return undefined;
  });
}
