import type { Database } from '@moothall/store';
import type { AppTable } from './apps.table.ts';

type Tables = { app: AppTable };

/** Stores an app. @throws a unique violation (`app_client`, `app_person`) */
export async function insertApp(
  db: Database,
  { config, ...row }: Omit<AppTable, 'config'> & { config: Record<string, unknown> },
): Promise<void> {
  await db
    .withTables<Tables>()
    .insertInto('app')
    .values({ ...row, config: JSON.stringify(config) })
    .execute();
}

/** The app of a client id; undefined when there is none. */
export function findAppByClientId(db: Database, clientId: string) {
  return db
    .withTables<Tables>()
    .selectFrom('app')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
}
