import { encodeWireId } from '@moothall/core';
import { type Mount, Page } from '@moothall/http';
import type { World } from '../../world.ts';
import { edit, remove } from './change-message.ts';
import { accessMessage, readMessage } from './message-access.ts';
import { createMessageCommit } from './message-commit.store.ts';
import {
  createMessage,
  deleteMessage,
  getMessage,
  listDirectMessages,
  listMessages,
  updateMessage,
} from './messages.contract.ts';
import { presentMessage } from './messages.present.ts';
import { postMessage } from './post-message.ts';
import { type ListedMessages, listDirect, listRoom } from './read-messages.ts';

function presentPage({ page, roomType }: ListedMessages, baseUrl: string) {
  const items = page.items.map((row) => presentMessage(row, roomType, baseUrl));
  return new Page(items, page.next);
}

/** Ties the operations of messages to their handlers; all posts of a world share one committer. */
export function mountMessages(mount: Mount, world: World): void {
  const commit = createMessageCommit(world);
  mount(createMessage, async (request) => {
    const { body, files, baseUrl } = request;
    const { row, roomType } = await postMessage(world, request, { uploads: files, ...body }, commit);
    const wire = presentMessage(row, roomType, baseUrl);
    if (body.toPersonId) return { toPersonId: encodeWireId('PEOPLE', body.toPersonId), ...wire };
    return body.toPersonEmail ? { toPersonEmail: body.toPersonEmail, ...wire } : wire;
  });
  mount(listMessages, async (request) =>
    presentPage(await listRoom(world, request, request.query), request.baseUrl),
  );
  mount(listDirectMessages, async (request) =>
    presentPage(await listDirect(world, request, request.query), request.baseUrl),
  );
  mount(getMessage, async (request) => {
    const { message, room } = await accessMessage(world, request, request.params.messageId, readMessage);
    return presentMessage(message, room.type, request.baseUrl);
  });
  mount(updateMessage, async (request) => {
    const { row, roomType } = await edit(world, request, { ...request.body, ...request.params });
    return presentMessage(row, roomType, request.baseUrl);
  });
  mount(deleteMessage, async (request) => {
    await remove(world, request, request.params.messageId);
    return undefined;
  });
}
