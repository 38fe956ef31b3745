import type { World } from '@moothall/platform';

type Row = {
  id: string;
  at: Date;
  resource: string;
  event: string;
  dataId: string;
  person: string | null;
  trackingId: string | null;
  data: Record<string, unknown>;
};

const RECENT = `
  select tx || '.' || seq as id, at, resource, event, data_id as "dataId", trace_id as "trackingId", data,
    (select email from person where id = actor_id) as person
  from event where $1::text is null or resource = $1
  order by tx desc, seq desc limit $2`;

/** The last events of the log, newest first; for people to look at, who see those not final yet too. */
export async function recentEvents(world: World, resource: string | undefined, max: number) {
  const { rows } = await world.store.pool.query<Row>(RECENT, [resource ?? null, max]);
  return rows.map(({ at, person, trackingId, ...event }) => ({
    ...event,
    at: at.toISOString(),
    ...(person !== null && { person }),
    ...(trackingId !== null && { trackingId }),
  }));
}
