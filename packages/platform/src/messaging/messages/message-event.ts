import type { NewEvent } from '@moothall/store';
import type { Cause, RoomFacts } from '../room-access/index.ts';
import type { MessageRow } from './messages.store.ts';

type Room = Pick<RoomFacts, 'id' | 'type' | 'orgId'>;

/** What events keep of a message: what filters and webhooks need, in storage form, without its content. */
function messageData(row: MessageRow, roomType: RoomFacts['type']): Record<string, unknown> {
  const data: Record<string, unknown> = {
    id: row.id,
    roomId: row.roomId,
    roomType,
    personId: row.personId,
    personEmail: row.personEmail,
  };
  if (row.mentionedPeople) data.mentionedPeople = row.mentionedPeople;
  if (row.mentionedGroups) data.mentionedGroups = row.mentionedGroups;
  if (row.files) data.files = row.files.map((_file, index) => `${row.id}/${index}`);
  if (row.attachments) data.hasAttachments = true;
  if (row.parentId) data.parentId = row.parentId;
  data.created = row.created.toISOString();
  if (row.updated) data.updated = row.updated.toISOString();
  return data;
}

/** The event of a deletion tells less (documented); whom it mentioned decides whether a bot hears of it. */
function deletionData(row: MessageRow, roomType: RoomFacts['type']): Record<string, unknown> {
  const { id, roomId, personId, personEmail, mentionedPeople } = row;
  return { id, roomId, roomType, personId, personEmail, ...(mentionedPeople && { mentionedPeople }) };
}

/** The event of a message. */
export function messageEvent(
  event: 'created' | 'updated' | 'deleted',
  row: MessageRow,
  room: Room,
  cause: Cause,
): NewEvent {
  const data = event === 'deleted' ? deletionData(row, room.type) : messageData(row, room.type);
  return {
    orgId: room.orgId,
    roomId: room.id,
    actorId: cause.actorId,
    appId: cause.appId,
    traceId: cause.traceId,
    resource: 'messages',
    event,
    dataId: row.id,
    data,
  };
}
