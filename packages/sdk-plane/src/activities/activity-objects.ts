import { encodeWireId } from '@moothall/core';
import type { MessageRow, PersonFacts, RoomFacts } from '@moothall/platform';

/** Something that an activity is about, in the form that SDKs read (as observed). */
export type ActivityObject = { objectType: string; [key: string]: unknown };

/** One thing that somebody did, in the form that SDKs read; ids are bare UUIDs. */
export type Activity = {
  objectType: 'activity';
  id: string;
  url: string;
  published: string;
  verb: string;
  actor: ActivityObject;
  object: ActivityObject;
  target: ActivityObject;
  encryptedTextKeyValues: Record<string, never>;
  parent?: { id: string; type: string };
};

/** Where the conversation service is, under a base. */
export const conversationService = (baseUrl: string): string => `${baseUrl}/conversation/api/v1`;

/** A person. @param isModerator said of members of a conversation only */
export function personObject(
  { id, email, displayName, orgId, type }: PersonFacts,
  isModerator?: boolean,
): ActivityObject {
  return {
    objectType: 'person',
    id,
    entryUUID: id,
    entryEmail: email,
    emailAddress: email,
    displayName,
    orgId,
    type: type === 'bot' ? 'ROBOT' : 'PERSON',
    ...(isModerator !== undefined && { roomProperties: { isModerator } }),
  };
}

/** What is known of a room; of a deleted one, its type at least. */
export type RoomView = Pick<RoomFacts, 'type'> &
  Partial<Pick<RoomFacts, 'isLocked' | 'isAnnouncementOnly' | 'isPublic' | 'teamId'>>;

/** What SDKs read of a conversation's kind. */
function tagsOf({ type, isLocked, isAnnouncementOnly, isPublic, teamId }: RoomView): string[] {
  const tags = [type === 'direct' ? 'ONE_ON_ONE' : 'NOT_ONE_ON_ONE'];
  if (isLocked) tags.push('LOCKED');
  if (isAnnouncementOnly) tags.push('ANNOUNCEMENT');
  if (isPublic) tags.push('PUBLIC');
  if (teamId) tags.push('TEAM');
  return tags;
}

/** A room in the form that SDKs read. */
export type Conversation = ActivityObject & {
  objectType: 'conversation';
  id: string;
  url: string;
  tags: string[];
};

/** A room as a conversation. */
export function conversationObject(
  baseUrl: string,
  id: string,
  room: RoomView,
  more: { participants?: ActivityObject[]; displayName?: string | undefined } = {},
): Conversation {
  return {
    objectType: 'conversation',
    id,
    url: `${conversationService(baseUrl)}/conversations/${id}`,
    tags: tagsOf(room),
    participants: { items: more.participants ?? [] },
    activities: { items: [] },
    ...(more.displayName !== undefined && { displayName: more.displayName }),
  };
}

function fileObjects({ id, files }: MessageRow, baseUrl: string): ActivityObject[] {
  return (files ?? []).map(({ name, mime, sizeBytes }, index) => ({
    objectType: 'file',
    displayName: name,
    fileSize: sizeBytes,
    mimeType: mime,
    url: `${baseUrl}/v1/contents/${encodeWireId('CONTENT', `${id}/${index}`)}`,
  }));
}

function mentionsOf({ mentionedPeople, mentionedGroups }: MessageRow): Record<string, unknown> {
  const people = (mentionedPeople ?? []).map((id) => ({ objectType: 'person', id }));
  const groups = (mentionedGroups ?? []).map((groupType) => ({ objectType: 'groupMention', groupType }));
  return {
    ...(people.length > 0 && { mentions: { items: people } }),
    ...(groups.length > 0 && { groupMentions: { items: groups } }),
  };
}

/** What a message says: a comment, or content where it has files. */
export function commentObject(row: MessageRow, baseUrl: string): ActivityObject {
  const { text, html, attachments } = row;
  const files = fileObjects(row, baseUrl);
  const isOfImages = row.files?.every(({ mime }) => mime.startsWith('image/'));
  return {
    objectType: files.length > 0 ? 'content' : 'comment',
    ...((text !== null || files.length === 0) && { displayName: text ?? '' }),
    ...(html !== null && { content: html }),
    ...mentionsOf(row),
    ...(attachments && { cards: attachments.map(({ content }) => JSON.stringify(content)) }),
    ...(files.length > 0 && {
      contentCategory: isOfImages ? 'images' : 'documents',
      files: { items: files },
    }),
  };
}
