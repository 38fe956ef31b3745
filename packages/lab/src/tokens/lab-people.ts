import { encodeWireId, type Uuid } from '@moothall/core';
import type { World } from '@moothall/platform';

type Row = {
  id: Uuid;
  email: string;
  displayName: string;
  type: 'person' | 'bot';
  organization: string;
  roles: string[];
};

const ACTIVE = `
  select person.id, email, person.display_name as "displayName", type, org.display_name as organization, roles
  from person join org on org.id = person.org_id
  where deleted_at is null and login_enabled and type in ('person', 'bot')
  order by org.created, org.id, type desc, lower(email) limit $1`;

/** Who can be acted as: organisation by organisation, people before bots. */
export async function labPeople(world: World, max: number) {
  const { rows } = await world.store.pool.query<Row>(ACTIVE, [max]);
  return rows.map((row) => ({ ...row, id: encodeWireId('PEOPLE', row.id) }));
}
