import { ApiError, type Uuid } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { accessRoom, type Cause, findMembershipFacts, type RoomFacts } from '../room-access/index.ts';
import { type DirectTarget, directTarget, openDirectRoom } from './direct-target.ts';
import { fetchFile, keepUpload } from './files/store-file.ts';
import { postToRoom } from './message-access.ts';
import { type MembershipTest, type MessageBody, plainBody, renderBody } from './message-body.ts';
import type { MessageCommit } from './message-commit.store.ts';
import { type CheckedContent, type ContentRequest, checkContent } from './message-content.ts';
import { messageEvent } from './message-event.ts';
import { messageErrors } from './messages.errors.ts';
import { findMessage, insertMessage, type MessageRow } from './messages.store.ts';
import type { MessageFile } from './messages.table.ts';
import { postAlone } from './post-alone.ts';

/** A message to be posted, and where to. */
export type PostRequest = ContentRequest & {
  roomId?: Uuid | undefined;
  toPersonId?: Uuid | undefined;
  toPersonEmail?: string | undefined;
  parentId?: Uuid | undefined;
};

/** A message that has been stored, with what its wire form needs of its room. */
export type PostedMessage = { row: MessageRow; roomType: RoomFacts['type'] };

type Target = { room: RoomFacts; isMember: MembershipTest };

/** Who does it, for events. */
export function causeOf({ actor, trace }: Decider): Cause {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

function checkDestination({ roomId, toPersonId, toPersonEmail }: PostRequest): void {
  const given =
    Number(roomId !== undefined) + Number(toPersonId !== undefined) + Number(toPersonEmail !== undefined);
  if (given !== 1) throw new ApiError(messageErrors['message.destination']);
}

async function checkParent(world: World, parentId: Uuid, roomId: Uuid | undefined): Promise<void> {
  const parent = roomId && (await findMessage(world, parentId));
  if (!parent || parent.roomId !== roomId || parent.deletedAt || parent.parentId)
    throw new ApiError(messageErrors['message.parent_invalid']);
}

function fileOf(world: World, content: CheckedContent): Promise<MessageFile> | undefined {
  if (content.upload) return keepUpload(world, content.upload);
  return content.fileUrl === undefined ? undefined : fetchFile(world, content.fileUrl);
}

/** Everything of a row that does not depend on the room. */
type Draft = {
  body: MessageBody;
  content: CheckedContent;
  file: MessageFile | undefined;
  parentId: Uuid | undefined;
};

function rowOf(world: World, { actor }: Decider, roomId: Uuid, draft: Draft): MessageRow {
  const { content, file, body } = draft;
  return {
    id: world.ids.uuid(),
    roomId,
    personId: actor.personId,
    personEmail: actor.email,
    text: body.text,
    markdown: body.markdown,
    html: body.html,
    mentionedPeople: body.mentionedPeople,
    mentionedGroups: body.mentionedGroups,
    files: file ? [file] : null,
    attachments: content.card ? [content.card.card] : null,
    parentId: draft.parentId ?? null,
    edits: 0,
    created: world.clock.now(),
    updated: null,
    deletedAt: null,
  };
}

function notesOf({ content }: Draft): string[] | null {
  return content.card && content.card.notes.length > 0 ? content.card.notes : null;
}

/** Prepares what is left to prepare once it is clear where the message goes: mentions, parent, file, in this order. */
async function draftOf(
  world: World,
  request: PostRequest,
  content: CheckedContent,
  roomId: Uuid | undefined,
  isMember: MembershipTest,
): Promise<Draft> {
  const body =
    content.markdown === undefined ? plainBody(content) : await renderBody(world, content, isMember);
  if (request.parentId !== undefined) await checkParent(world, request.parentId, roomId);
  const file = content.upload || content.fileUrl !== undefined ? await fileOf(world, content) : undefined;
  return { body, content, file, parentId: request.parentId };
}

async function postToExisting(
  world: World,
  decider: Decider,
  request: PostRequest,
  { content, target, commit }: { content: CheckedContent; target: Target; commit: MessageCommit | undefined },
): Promise<PostedMessage> {
  const { room } = target;
  const draft = await draftOf(world, request, content, room.id, target.isMember);
  const row = rowOf(world, decider, room.id, draft);
  const event = messageEvent('created', row, room, causeOf(decider));
  const command = { row, cardNotes: notesOf(draft), event };
  if (!commit || !(await commit.submit(command))) await postAlone(world, decider, command);
  return { row, roomType: room.type };
}

/** The first message to a person: room, memberships and message are one commit. */
async function postToNew(
  world: World,
  decider: Decider,
  request: PostRequest,
  { content, target }: { content: CheckedContent; target: Extract<DirectTarget, { kind: 'new' }> },
): Promise<PostedMessage> {
  const draft = await draftOf(world, request, content, undefined, target.isMember);
  const cause = causeOf(decider);
  const row = await world.store.tx(async (tx) => {
    const room = await openDirectRoom(world, tx, decider, target, cause);
    const stored = rowOf(world, decider, room.id, draft);
    await insertMessage(tx.db, stored, notesOf(draft));
    tx.emit(messageEvent('created', stored, room, cause));
    return stored;
  });
  return { row, roomType: 'direct' };
}

/**
 * Posts a message. Without `commit` it gets a commit of its own.
 * @throws ApiError 400 for its form, `room.not_found`, 403 where the caller may not post
 */
export async function postMessage(
  world: World,
  decider: Decider,
  request: PostRequest,
  commit?: MessageCommit,
): Promise<PostedMessage> {
  checkDestination(request);
  const content = checkContent(world, request);
  let { roomId } = request;
  if (roomId === undefined) {
    const target = await directTarget(world, decider, request);
    if (target.kind === 'new') return postToNew(world, decider, request, { content, target });
    roomId = target.roomId;
  }
  const { room } = await accessRoom(world, decider, roomId, postToRoom);
  const isMember = async (personId: Uuid) =>
    (await findMembershipFacts(world, room.id, personId)) !== undefined;
  return postToExisting(world, decider, request, { content, target: { room, isMember }, commit });
}
