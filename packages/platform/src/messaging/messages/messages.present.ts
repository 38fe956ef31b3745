import { encodeWireId } from '@moothall/core';
import type { StoredEvent } from '@moothall/store';
import type { z } from 'zod';
import type { message } from './messages.contract.ts';
import type { MessageRow } from './messages.store.ts';

type WireMessage = z.input<typeof message>;

const personWireId = (id: string) => encodeWireId('PEOPLE', id);

/** The URL of a file. @param key `{message}/{index}` */
function contentUrl(baseUrl: string, key: string): string {
  return `${baseUrl}/v1/contents/${encodeWireId('CONTENT', key)}`;
}

/** A message in wire form. What it does not have is left out, such as text where there are files only. */
export function presentMessage(row: MessageRow, roomType: 'group' | 'direct', baseUrl: string): WireMessage {
  const wire: WireMessage = {
    id: encodeWireId('MESSAGE', row.id),
    roomId: encodeWireId('ROOM', row.roomId),
    roomType,
    personId: personWireId(row.personId),
    personEmail: row.personEmail,
    created: row.created.toISOString(),
  };
  if (row.text !== null) wire.text = row.text;
  if (row.markdown !== null) wire.markdown = row.markdown;
  if (row.html !== null) wire.html = row.html;
  if (row.files) wire.files = row.files.map((_file, index) => contentUrl(baseUrl, `${row.id}/${index}`));
  if (row.mentionedPeople) wire.mentionedPeople = row.mentionedPeople.map(personWireId);
  if (row.mentionedGroups) wire.mentionedGroups = row.mentionedGroups;
  if (row.attachments) wire.attachments = row.attachments;
  if (row.parentId) wire.parentId = encodeWireId('MESSAGE', row.parentId);
  if (row.updated) wire.updated = row.updated.toISOString();
  return wire;
}

/** `data` of a webhook about a message: never its content (documented). */
export function presentMessageEvent({ event, data }: StoredEvent, baseUrl: string): Record<string, unknown> {
  const wire: Record<string, unknown> = {
    id: encodeWireId('MESSAGE', data.id as string),
    roomId: encodeWireId('ROOM', data.roomId as string),
    roomType: data.roomType,
    personId: personWireId(data.personId as string),
    personEmail: data.personEmail,
  };
  if (event === 'deleted') return wire;
  if (data.mentionedPeople) wire.mentionedPeople = (data.mentionedPeople as string[]).map(personWireId);
  if (data.mentionedGroups) wire.mentionedGroups = data.mentionedGroups;
  if (data.files) wire.files = (data.files as string[]).map((key) => contentUrl(baseUrl, key));
  if (data.parentId) wire.parentId = encodeWireId('MESSAGE', data.parentId as string);
  wire.created = data.created;
  if (data.updated) wire.updated = data.updated;
  return wire;
}
