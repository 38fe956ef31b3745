import type { Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import type { World } from '../../world.ts';
import type { MessageCard, MessageFile, MessageTable } from './messages.table.ts';

type Tables = { message: MessageTable };

/** A message as rules and the wire need it. */
export type MessageRow = {
  id: Uuid;
  roomId: Uuid;
  personId: Uuid;
  personEmail: string;
  text: string | null;
  markdown: string | null;
  html: string | null;
  mentionedPeople: Uuid[] | null;
  mentionedGroups: 'all'[] | null;
  files: MessageFile[] | null;
  attachments: MessageCard[] | null;
  parentId: Uuid | null;
  edits: number;
  created: Date;
  updated: Date | null;
  deletedAt: Date | null;
};

const COLUMNS = `message.id, message.room_id as "roomId", message.person_id as "personId",
  coalesce(person.email, '') as "personEmail", message.text, message.markdown, message.html,
  message.mentioned_people::text[] as "mentionedPeople", message.mentioned_groups as "mentionedGroups",
  message.files, message.attachments, message.parent_id as "parentId", message.edits,
  message.created, message.updated, message.deleted_at as "deletedAt"`;

const FROM = 'from message left join person on person.id = message.person_id';

/** A message, deleted ones too; undefined when there never was one. */
export async function findMessage(world: World, id: Uuid): Promise<MessageRow | undefined> {
  const { rows } = await world.store.pool.query<MessageRow>(
    `select ${COLUMNS} ${FROM} where message.id = $1`,
    [id],
  );
  return rows[0];
}

/** Messages by their ids, deleted ones too, for whoever passes on what happened; nobody is asked whether they may see them. */
export async function findMessages(world: World, ids: readonly string[]): Promise<Map<string, MessageRow>> {
  const sql = `select ${COLUMNS} ${FROM} where message.id = any($1::uuid[])`;
  const { rows } = await world.store.pool.query<MessageRow>(sql, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which messages of a room are listed. */
export type MessageFilter = {
  roomId: Uuid;
  parentId?: Uuid | undefined;
  mentions?: Uuid | undefined;
  /** Only what people of this organisation wrote. */
  authorOrgId?: Uuid | undefined;
  /** Only what was posted before this time. */
  before?: Date | undefined;
  /** Only what stands after this place of the list, which runs from new to old. */
  after?: { created: Date | string; id: string } | undefined;
  max: number;
};

/** Live messages of a room, newest first, one more than `max`. */
export async function listMessagesOf(world: World, filter: MessageFilter): Promise<MessageRow[]> {
  const values: unknown[] = [filter.roomId];
  const value = (item: unknown) => `$${values.push(item)}`;
  const conditions = ['message.room_id = $1', 'message.deleted_at is null'];
  if (filter.parentId) conditions.push(`message.parent_id = ${value(filter.parentId)}::uuid`);
  if (filter.mentions) conditions.push(`message.mentioned_people @> array[${value(filter.mentions)}::uuid]`);
  if (filter.authorOrgId) conditions.push(`person.org_id = ${value(filter.authorOrgId)}::uuid`);
  if (filter.before) conditions.push(`message.created < ${value(filter.before)}::timestamptz`);
  if (filter.after) {
    const place = `(${value(filter.after.created)}::timestamptz, ${value(filter.after.id)}::uuid)`;
    conditions.push(`(message.created, message.id) < ${place}`);
  }
  const sql = `select ${COLUMNS} ${FROM} where ${conditions.join(' and ')}
    order by message.created desc, message.id desc limit ${value(filter.max + 1)}::int`;
  return (await world.store.pool.query<MessageRow>(sql, values)).rows;
}

/** Stores a message within a transaction. */
export async function insertMessage(
  db: Database,
  row: MessageRow,
  cardNotes: string[] | null,
): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await db
    .withTables<Tables>()
    .insertInto('message')
    .values({
      id: row.id,
      room_id: row.roomId,
      person_id: row.personId,
      text: row.text,
      markdown: row.markdown,
      html: row.html,
      mentioned_people: row.mentionedPeople,
      mentioned_groups: row.mentionedGroups,
      files: json(row.files),
      attachments: json(row.attachments),
      card_notes: json(cardNotes),
      parent_id: row.parentId,
      edits: row.edits,
      created: row.created,
      updated: row.updated,
      deleted_at: row.deletedAt,
    })
    .execute();
}

/** How often a live message was edited, its row locked against another edit; undefined when it is gone. */
export async function lockMessage(db: Database, row: MessageRow): Promise<number | undefined> {
  const found = await db
    .withTables<Tables>()
    .selectFrom('message')
    .select('edits')
    .where('room_id', '=', row.roomId)
    .where('id', '=', row.id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return found?.edits;
}

/** Stores another body of a message. */
export async function updateBody(db: Database, row: MessageRow): Promise<void> {
  await db
    .withTables<Tables>()
    .updateTable('message')
    .set({
      text: row.text,
      markdown: row.markdown,
      html: row.html,
      mentioned_people: row.mentionedPeople,
      mentioned_groups: row.mentionedGroups,
      edits: row.edits,
      updated: row.updated,
    })
    .where('room_id', '=', row.roomId)
    .where('id', '=', row.id)
    .execute();
}

/** Marks a message as deleted; false when it was already. */
export async function markDeleted(db: Database, row: MessageRow, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<Tables>()
    .updateTable('message')
    .set({ deleted_at: at })
    .where('room_id', '=', row.roomId)
    .where('id', '=', row.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
