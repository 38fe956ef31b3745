import type { Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { RegistrationTable } from './registrations.table.ts';

/** A registration as the services know it. */
export type Registration = Readonly<{
  id: Uuid;
  personId: Uuid;
  orgId: Uuid;
  /** The token that registered or refreshed it last. */
  tokenId: Uuid;
  name: string;
  deviceType: string;
  model: string;
  localizedModel: string;
  systemName: string;
  systemVersion: string;
  created: Date;
  /** When it was registered or refreshed last. */
  modified: Date;
  expires: Date;
}>;

type Tables = { registration: RegistrationTable };

const COLUMNS = [
  'id',
  'person_id as personId',
  'org_id as orgId',
  'token_id as tokenId',
  'name',
  'device_type as deviceType',
  'model',
  'localized_model as localizedModel',
  'system_name as systemName',
  'system_version as systemVersion',
  'created',
  'modified',
  'expires_at as expires',
] as const;

function known(rows: readonly unknown[]): Registration[] {
  return rows as Registration[];
}

function selected(db: Database) {
  return db.withTables<Tables>().selectFrom('registration').select(COLUMNS);
}

/** A registration that is live at a time. */
export async function findLive(db: Database, id: string, now: Date): Promise<Registration | undefined> {
  return known(await selected(db).where('id', '=', id).where('expires_at', '>', now).execute())[0];
}

/** Live registrations of a person, oldest first. */
export async function listLive(db: Database, personId: string, now: Date): Promise<Registration[]> {
  const live = selected(db).where('person_id', '=', personId).where('expires_at', '>', now);
  return known(await live.orderBy('created').orderBy('id').execute());
}

/** How many registrations of a person are live at a time. */
export async function countLive(db: Database, personId: string, now: Date): Promise<number> {
  const { count } = await db
    .withTables<Tables>()
    .selectFrom('registration')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Stores a registration. */
export async function insertRegistration(db: Database, registration: Registration): Promise<void> {
  const {
    personId,
    orgId,
    tokenId,
    deviceType,
    localizedModel,
    systemName,
    systemVersion,
    expires,
    ...rest
  } = registration;
  const row: RegistrationTable = {
    ...rest,
    person_id: personId,
    org_id: orgId,
    token_id: tokenId,
    device_type: deviceType,
    localized_model: localizedModel,
    system_name: systemName,
    system_version: systemVersion,
    expires_at: expires,
  };
  await db.withTables<Tables>().insertInto('registration').values(row).execute();
}

/** Gives a live registration a new life. @returns it as it is now; undefined when it is gone */
export async function extendLive(
  db: Database,
  { personId, id }: Pick<Registration, 'personId' | 'id'>,
  change: { now: Date; expires: Date; tokenId: string },
): Promise<Registration | undefined> {
  const rows = await db
    .withTables<Tables>()
    .updateTable('registration')
    .set({ modified: change.now, expires_at: change.expires, token_id: change.tokenId })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .where('expires_at', '>', change.now)
    .returning(COLUMNS)
    .execute();
  return known(rows)[0];
}

/** Deletes registrations of a person, those of the past too: one of them, or all. @returns what is no more */
export async function deleteOf(db: Database, personId: string, id?: string): Promise<Registration[]> {
  const all = db.withTables<Tables>().deleteFrom('registration').where('person_id', '=', personId);
  const which = id === undefined ? all : all.where('id', '=', id);
  return known(await which.returning(COLUMNS).execute());
}

/** Deletes a registration whose time is over. @returns it; undefined when it lives or is gone already */
export async function deleteExpired(
  db: Database,
  { personId, id }: Pick<Registration, 'personId' | 'id'>,
  now: Date,
): Promise<Registration | undefined> {
  const rows = await db
    .withTables<Tables>()
    .deleteFrom('registration')
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .where('expires_at', '<=', now)
    .returning(COLUMNS)
    .execute();
  return known(rows)[0];
}

/** Forgets finished jobs of a queue. */
export async function deleteFinishedJobs(db: Database, queue: string, before: Date): Promise<void> {
  await sql`
    delete from job where queue = ${queue} and state <> 'pending' and finished_at < ${before}`.execute(db);
}
