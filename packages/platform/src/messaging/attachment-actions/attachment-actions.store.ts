import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import type { AttachmentActionTable } from './attachment-actions.table.ts';

type Tables = { attachment_action: AttachmentActionTable };

/** An attachment action as rules and the wire need it. */
export type ActionRow = {
  id: Uuid;
  roomId: Uuid;
  messageId: Uuid;
  personId: Uuid;
  type: 'submit';
  inputs: Record<string, unknown>;
  created: Date;
};

/** An action; undefined when there is none. */
export async function findAction(world: World, id: Uuid): Promise<ActionRow | undefined> {
  const { rows } = await world.store.pool.query<ActionRow>(
    `select id, room_id as "roomId", message_id as "messageId", person_id as "personId", type, inputs, created
     from attachment_action where id = $1`,
    [id],
  );
  return rows[0];
}

/** What was submitted, by the ids of actions, for whoever passes it on; nobody is asked whether they may see it. */
export async function findInputs(
  world: World,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const { rows } = await world.store.pool.query<Pick<ActionRow, 'id' | 'inputs'>>(
    'select id, inputs from attachment_action where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, inputs }) => [id, inputs]));
}

/** Stores an action. */
export async function insertAction(tx: Tx, row: ActionRow): Promise<void> {
  await tx.db
    .withTables<Tables>()
    .insertInto('attachment_action')
    .values({
      id: row.id,
      room_id: row.roomId,
      message_id: row.messageId,
      person_id: row.personId,
      type: row.type,
      inputs: JSON.stringify(row.inputs),
      created: row.created,
    })
    .execute();
}
