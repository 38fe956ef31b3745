import {
  createGroupCommit,
  eventRow,
  type FollowedEvent,
  type GroupCommit,
  type NewEvent,
} from '@moothall/store';
import type { World } from '../../world.ts';
import type { MessageRow } from './messages.store.ts';

/** A message to be stored with its event. */
export type PostCommand = { row: MessageRow; cardNotes: string[] | null; event: NewEvent };

/** Stores messages in shared commits; false for one whose author may not post there (any more). */
export type MessageCommit = GroupCommit<PostCommand, boolean>;

/**
 * One statement for many messages. It asserts again what was decided from caches: the room lives and
 * takes messages, the author is in it. A direct room that somebody has hidden is left to a
 * transaction, which unhides it. It answers the numbers of those that it did not store, and where somebody
 * follows the log the places there of those that it did.
 */
const post = (isFollowed: boolean) => `
  with asked as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::json[],
        $7::uuid[], $8::text[], $9::jsonb[], $10::text[])
      with ordinality as asked (id, room_id, person_id, text, created, rich, org_id, app_id, data, trace_id, number)
  ), allowed as (
    select asked.* from asked
    join room on room.id = asked.room_id and room.deleted_at is null and room.archived_at is null
      and not room.is_read_only
    join membership on membership.room_id = asked.room_id and membership.person_id = asked.person_id
      and (membership.is_moderator or not room.is_announcement_only)
    where room.type = 'group' or not exists (
      select from membership hidden where hidden.room_id = asked.room_id and hidden.is_room_hidden)
  ), stored as (
    insert into message (room_id, id, person_id, text, created, markdown, html, mentioned_people,
      mentioned_groups, files, attachments, card_notes, parent_id)
    select room_id, id, person_id, text, created, rich->>'markdown', rich->>'html',
      case when rich->'mentionedPeople' is not null
        then array(select json_array_elements_text(rich->'mentionedPeople'))::uuid[] end,
      case when rich->'mentionedGroups' is not null
        then array(select json_array_elements_text(rich->'mentionedGroups')) end,
      rich->'files', rich->'attachments', rich->'cardNotes', (rich->>'parentId')::uuid
    from allowed
  ), logged as (
    insert into event (at, org_id, room_id, actor_id, app_id, resource, event, data_id, data, trace_id)
    select $11::timestamptz, org_id, room_id, person_id, app_id, 'messages', 'created', id::text, data, trace_id
    from allowed order by number${isFollowed ? ' returning tx, seq, data_id' : ''}
  ), touched as (
    update room set last_activity = greatest(room.last_activity, latest.created)
    from (select room_id, max(created) as created from allowed group by room_id) latest
    where room.id = latest.room_id
  )
  ${isFollowed ? STORED : ''} select number::int${isFollowed ? ', null, null' : ''} from asked
  where not exists (select from allowed where allowed.number = asked.number)`;

const STORED = `select asked.number::int, logged.tx::text, logged.seq from logged
  join asked on asked.id::text = logged.data_id union all`;

const POST = post(false);
const POST_FOLLOWED = post(true);

const RICH = [
  ...([
    'markdown',
    'html',
    'mentionedPeople',
    'mentionedGroups',
    'files',
    'attachments',
    'parentId',
  ] as const),
];

/** Columns that plain text does not have travel as one; null for most messages. JSON as text keeps a card's order. */
function richOf({ row, cardNotes }: PostCommand): string | null {
  if (row.markdown === null && row.files === null && row.parentId === null && row.attachments === null)
    return null;
  const rich: Record<string, unknown> = {};
  for (const key of RICH) if (row[key] !== null) rich[key] = row[key];
  if (cardNotes !== null) rich.cardNotes = cardNotes;
  return JSON.stringify(rich);
}

function valuesOf(commands: readonly PostCommand[], at: Date): unknown[] {
  const columns: (string | null)[][] = [[], [], [], [], [], [], [], [], [], []];
  const add = (...values: (string | null)[]) => {
    for (let index = 0; index < values.length; index++) columns[index]!.push(values[index]!);
  };
  for (const command of commands) {
    const { row, event } = command;
    const { org_id, app_id, data, trace_id } = eventRow(event, at);
    const created = row.created.toISOString();
    add(row.id, row.roomId, row.personId, row.text, created, richOf(command), org_id, app_id, data, trace_id);
  }
  return [...columns, at];
}

/** The number of a command from 1 on; with its place in the log where it was stored. */
type Answer = { number: number; tx?: string | null; seq?: number | null };

/** What the log has of a message that was stored. */
function followedEvent({ row, event }: PostCommand, at: Date, tx: string, seq: number): FollowedEvent {
  const { resource, dataId, data } = event;
  const { orgId = null, roomId = null, actorId = null, appId = null, traceId = null } = event;
  return {
    tx,
    seq,
    at,
    orgId,
    roomId,
    actorId,
    appId,
    traceId,
    resource,
    event: event.event,
    dataId,
    data,
    content: row,
  };
}

function followedEvents(commands: readonly PostCommand[], answers: readonly Answer[], at: Date) {
  const events = answers.flatMap(({ number, tx, seq }) =>
    tx && seq ? [followedEvent(commands[number - 1]!, at, tx, seq)] : [],
  );
  return events.sort((one, other) => one.seq - other.seq);
}

/** Starts the one committer of a world's messages. */
export function createMessageCommit(world: World): MessageCommit {
  const { store } = world;
  return createGroupCommit(async (commands) => {
    const at = world.clock.now();
    const statement = store.handoff.isFollowed() ? POST_FOLLOWED : POST;
    const { rows } = await store.pool.query<Answer>(statement, valuesOf(commands, at));
    const stored = followedEvents(commands, rows, at);
    store.handoff.give(stored);
    const refused = rows.filter(({ tx }) => !tx);
    if (refused.length < commands.length) announce(world, stored[0]?.tx);
    const results = new Array<boolean>(commands.length).fill(true);
    for (const { number } of refused) results[number - 1] = false;
    return results;
  }, world.limits.get('message.commit_batch'));
}

const WOKEN = ['event', 'event:messages'];

/**
 * Wakes readers; a wake-up that is lost costs them a poll interval.
 * @param tx the transaction, where it was given to followers
 */
function announce({ store, log }: World, tx: string | undefined): void {
  for (const topic of WOKEN) store.signals.emit(topic, tx);
  store.others.afterStatement(WOKEN).catch((error: unknown) => {
    log.warn({ err: error }, 'other processes were not woken');
  });
}
