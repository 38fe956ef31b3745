import { Readable } from 'node:stream';
import { ApiError, type Uuid } from '@moothall/core';
import type { UploadedFile } from '@moothall/http';
import {
  createMessageCommit,
  type Decider,
  type MessageCommit,
  type PersonFacts,
  type PostRequest,
  postMessage,
  type World,
} from '@moothall/platform';
import type { MessageEntry } from '../world-file/world-schema.ts';
import type { Cast } from './cast.ts';
import type { LoadedRoom } from './load-spaces.ts';
import { WorldFileError } from './world-file-error.ts';

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** Somebody who posts as themselves. */
function deciderFor(person: PersonFacts): Decider {
  const { id: personId, orgId, type, email, displayName, roles, licenses } = person;
  const scopes = new Set(['spark:all']);
  return {
    actor: { personId, orgId, type, email, displayName, roles, licenses, scopes, tokenId: personId },
    capacities: ['user'],
    trace: { trackingId: 'LAB_WORLD', steps: [] },
  };
}

async function uploadOf(world: World, file: NonNullable<MessageEntry['file']>): Promise<UploadedFile> {
  const maxBytes = world.limits.get('file.size');
  const stored = await world.blobs.put(Readable.from([Buffer.from(file.text)]), { maxBytes });
  return { ...stored, fileName: file.name, mimeType: file.type ?? 'application/octet-stream' };
}

async function requestOf(
  world: World,
  entry: MessageEntry,
  roomId: Uuid,
  parentId: Uuid | undefined,
): Promise<PostRequest> {
  const { text, markdown, file, card } = entry;
  return {
    roomId,
    ...(text !== undefined && { text }),
    ...(markdown !== undefined && { markdown }),
    ...(parentId !== undefined && { parentId }),
    ...(file && { uploads: [await uploadOf(world, file)] }),
    ...(card && { attachments: [{ contentType: CARD_TYPE, content: card }] }),
  };
}

async function loadRoom(
  world: World,
  { id, entry, path }: LoadedRoom,
  { accounts }: Cast,
  commit: MessageCommit,
): Promise<string[]> {
  const ids = new Map<string, Uuid>();
  for (const [index, message] of entry.messages.entries()) {
    const parentId = message.parent === undefined ? undefined : ids.get(message.parent);
    try {
      const request = await requestOf(world, message, id, parentId);
      const { row } = await postMessage(world, deciderFor(accounts.get(message.by)!), request, commit);
      if (message.key !== undefined) ids.set(message.key, row.id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return [`${path}.messages[${index}]: ${error.descriptions.join(' ')}`];
    }
  }
  return [];
}

/**
 * Posts the messages of all rooms: in order within a room, rooms side by side in shared commits.
 * @throws WorldFileError with what the messages API refuses
 */
export async function loadMessages(world: World, rooms: readonly LoadedRoom[], cast: Cast): Promise<void> {
  const commit = createMessageCommit(world);
  const errors = await Promise.all(rooms.map((room) => loadRoom(world, room, cast, commit)));
  if (errors.flat().length > 0) throw new WorldFileError(errors.flat());
}
