import type { Actor } from '@moothall/contract';
import {
  ApiError,
  decodeWireUuid,
  encodeWireId,
  type RandomBytes,
  type Uuid,
  uuidOfBytes,
} from '@moothall/core';
import type { Trace } from '@moothall/http';
import type { Tx } from '@moothall/store';
import { type PostRequest, postMessage } from '../../messaging/messages/index.ts';
import { addMember, findRoomFacts, type RoomFacts, roomErrors } from '../../messaging/room-access/index.ts';
import { addPerson, findPersonFacts, type PersonCause } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { addApp } from '../apps/index.ts';
import { assertAppsAvailable } from '../availability/index.ts';
import { incomingWebhookErrors } from './incoming-webhooks.errors.ts';
import type { IncomingWebhookTable } from './incoming-webhooks.table.ts';

type Tables = { incoming_webhook: IncomingWebhookTable };

/** What an incoming webhook is made of. */
export type NewIncomingWebhook = { roomId: Uuid; name: string };

/** An incoming webhook that was just made; whoever has the URL may post. */
export type AddedIncomingWebhook = { url: string; token: string; personId: Uuid };

/** A version 4 UUID: unlike ids that begin with their time it cannot be guessed. */
function secretUuid(random: RandomBytes): Uuid {
  const bytes = Uint8Array.from(random(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return uuidOfBytes(bytes);
}

function addressOf(world: World, name: string, id: Uuid): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `${slug || 'incoming'}-${id.slice(-12)}@${world.config.botDomain}`;
}

async function addBot(world: World, tx: Tx, room: RoomFacts, name: string, cause: PersonCause) {
  const id = world.ids.uuid();
  const bot = {
    id,
    orgId: room.orgId,
    type: 'bot',
    email: addressOf(world, name, id),
    displayName: name,
  } as const;
  await addPerson(world, tx, bot, cause);
  await addApp(world, tx, { kind: 'bot', name, orgId: room.orgId, personId: id }, cause);
  await addMember(world, tx, room, bot, {
    isModerator: false,
    cause: { ...cause, actorId: cause.actorId ?? id },
  });
  return id;
}

/**
 * Makes a URL that posts to a room, with a bot of the room's organisation that is named after it.
 * @throws ApiError `room.not_found`, 400 for a direct room or an empty name, `apps.not_in_gov`
 */
export async function createIncomingWebhook(
  world: World,
  request: NewIncomingWebhook,
  cause: PersonCause = {},
): Promise<AddedIncomingWebhook> {
  const room = await findRoomFacts(world, request.roomId);
  if (!room) throw new ApiError(roomErrors['room.not_found']);
  if (room.type !== 'group') throw new ApiError(incomingWebhookErrors['incoming_webhook.group_only']);
  await assertAppsAvailable(world, room.orgId);
  const name = request.name.trim();
  if (name === '') throw new ApiError(incomingWebhookErrors['incoming_webhook.name_empty']);
  const id = secretUuid(world.random);
  const personId = await world.store.tx(async (tx) => {
    const botId = await addBot(world, tx, room, name, cause);
    const row = { id, room_id: room.id, name, person_id: botId, created: world.clock.now() };
    await tx.db.withTables<Tables>().insertInto('incoming_webhook').values(row).execute();
    const data = { roomId: room.id, personId: botId };
    const subject = { orgId: room.orgId, roomId: room.id, resource: 'incomingWebhooks', dataId: botId, data };
    tx.emit({ ...cause, ...subject, event: 'created' });
    return botId;
  });
  const token = encodeWireId('WEBHOOK', id);
  return { url: `${world.config.publicUrl}/v1/webhooks/incoming/${token}`, token, personId };
}

async function botOf(world: World, personId: Uuid): Promise<Actor | undefined> {
  const person = await findPersonFacts(world, personId);
  if (!person || person.deleted) return undefined;
  const { id, orgId, type, email, displayName, roles, licenses } = person;
  const scopes = new Set(['spark:messages_write']);
  return { personId: id, orgId, type, email, displayName, roles, licenses, scopes, tokenId: id };
}

/**
 * Posts as the bot of an incoming webhook.
 * @param token unpadded base64 of `ciscospark://us/WEBHOOK/<uuid>` (as observed)
 * @throws ApiError `incoming_webhook.not_found`; what posting a message throws
 */
export async function postIncomingMessage(
  world: World,
  token: string,
  words: Pick<PostRequest, 'text' | 'markdown'>,
  trace: Trace,
): Promise<void> {
  const id = decodeWireUuid(['WEBHOOK'], token);
  const row =
    id &&
    (await world.store.db
      .withTables<Tables>()
      .selectFrom('incoming_webhook')
      .select(['room_id', 'person_id'])
      .where('id', '=', id)
      .executeTakeFirst());
  const actor = row && (await botOf(world, row.person_id as Uuid));
  if (!actor) throw new ApiError(incomingWebhookErrors['incoming_webhook.not_found']);
  const { text, markdown } = words;
  await postMessage(
    world,
    { actor, capacities: ['user'], trace },
    { roomId: row.room_id as Uuid, text, markdown },
  );
}

/** An incoming webhook ends with its bot. */
export async function endIncomingWebhooksOf(_world: World, tx: Tx, personId: Uuid): Promise<void> {
  await tx.db.withTables<Tables>().deleteFrom('incoming_webhook').where('person_id', '=', personId).execute();
}
