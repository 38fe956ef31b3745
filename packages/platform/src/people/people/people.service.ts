import type { Capacity } from '@moothall/contract';
import { ApiError, decodeWireUuid, type Uuid } from '@moothall/core';
import { authorize, type Decider } from '../../authorize.ts';
import { loadLicenseIds } from '../../identity/licenses/index.ts';
import { accessOrganizationId } from '../../identity/organizations/index.ts';
import { roleOfWireId } from '../../identity/roles/index.ts';
import { decodeKeyset } from '../../paging.ts';
import type { World } from '../../world.ts';
import { listByRoles, listEverybody, readPerson } from './access-person.ts';
import { areApart } from './isolation.ts';
import { peopleErrors } from './people.errors.ts';
import type { PersonView } from './people.present.ts';
import { findPeople, findPerson, listPeopleOf } from './people.store.ts';
import type { PersonRow } from './people.table.ts';
import { presenceOf } from './presence.ts';
import { isColleagueOf, presenceSight, seesPresence, showsPresence } from './presence-sharing.ts';

/** Of which people a list is. */
export type PeopleQuery = {
  email?: string | undefined;
  displayName?: string | undefined;
  orgId?: Uuid | undefined;
  /** Wire ids. */
  roles?: readonly string[] | undefined;
  locationId?: string | undefined;
  excludeStatus?: boolean | undefined;
  max: number;
  cursor?: string | undefined;
};

/** A person as the caller sees them in a capacity. */
export async function viewPerson(
  world: World,
  { actor }: Decider,
  row: PersonRow,
  capacity: Capacity,
): Promise<PersonView> {
  const isSeen = await presenceSight(world, actor);
  return {
    row,
    isColleague: isColleagueOf(actor, row),
    ...(capacity === 'admin' && { licenses: await loadLicenseIds(world.store.db, actor.orgId) }),
    ...(isSeen(row) && { presence: presenceOf(world, row, actor.personId) }),
  };
}

/** A person, for whoever asks. @throws ApiError `person.not_found` */
export async function showPerson(world: World, decider: Decider, id: Uuid): Promise<PersonView> {
  const target = await findPerson(world.store.db, id);
  if (!target) throw new ApiError(peopleErrors['person.not_found']);
  const isApart = await areApart(world, target.org_id, decider.actor.orgId);
  return viewPerson(world, decider, target, authorize(decider, readPerson, { target, isApart }));
}

/**
 * People by their ids, of any organisation, in the order of the ids; without presence and without
 * what only administrators see (documented).
 * @param texts ids as they were sent; a text that is no id is one that was not found (decided)
 * @throws ApiError `people.too_many_ids`
 */
export async function lookUpPeople(
  world: World,
  decider: Decider,
  texts: readonly string[],
): Promise<{ views: PersonView[]; notFoundIds: string[] }> {
  const limit = world.limits.get('people.ids_per_lookup');
  if (texts.length > limit)
    throw new ApiError(peopleErrors['people.too_many_ids'], { parameters: { limit: String(limit) } });
  authorize(decider, listEverybody, { isNarrowed: true, isSearch: false });
  const asked = [...new Set(texts)].map((text) => ({ text, id: decodeWireUuid(['PEOPLE'], text) }));
  const ids = asked.flatMap(({ id }) => id ?? []);
  const rows = new Map<string, PersonRow>();
  for (const row of await findPeople(world.store.db, ids))
    if (!(await areApart(world, row.org_id, decider.actor.orgId))) rows.set(row.id, row);
  const found = asked.map(({ text, id }) => ({ text, row: id && rows.get(id) }));
  return {
    views: found.flatMap(({ row }) => (row ? { row, isColleague: isColleagueOf(decider.actor, row) } : [])),
    notFoundIds: found.flatMap(({ text, row }) => (row ? [] : text)),
  };
}

function rolesOf(wireIds: readonly string[]) {
  return wireIds.map((wireId) => {
    const role = roleOfWireId(wireId);
    if (!role) throw new ApiError(peopleErrors['people.unknown_role']);
    return role;
  });
}

/**
 * People of the caller's organisation by name; one row more than `max` tells of a next page.
 * @throws ApiError `people.not_narrowed`, `people.unknown_role`, `auth.forbidden`, `organization.not_found`
 */
export async function listPeople(world: World, decider: Decider, query: PeopleQuery): Promise<PersonView[]> {
  const orgId = accessOrganizationId(decider, query.orgId);
  if (query.roles) authorize(decider, listByRoles, undefined);
  const capacity = authorize(decider, listEverybody, {
    isNarrowed: Boolean(query.email || query.displayName),
    isSearch: true,
  });
  const { email, displayName, locationId, max } = query;
  const afterId = query.cursor === undefined ? undefined : decodeKeyset(query.cursor, { byTime: false }).id;
  const roles = query.roles && rolesOf(query.roles);
  const filter = { orgId, email, displayName, locationId, max, roles, afterId };
  const rows = await listPeopleOf(world.store.db, filter);
  const licenses = capacity === 'admin' ? await loadLicenseIds(world.store.db, orgId) : undefined;
  const withPresence = !query.excludeStatus && (await seesPresence(world, decider.actor));
  return rows.map((row) => ({
    row,
    isColleague: true,
    licenses,
    ...(withPresence && showsPresence(row) && { presence: presenceOf(world, row, decider.actor.personId) }),
  }));
}
