import { ApiError, parseUuid, type Uuid } from '@moothall/core';
import {
  createConversation as create,
  type Decider,
  findPersonFacts,
  handleKmsMessage,
  type KmsReply,
  openDirectConversation,
  type World,
} from '@moothall/platform';
import type { z } from 'zod';
import type { conversationRequest } from './conversations.contract.ts';
import { conversationErrors } from './conversations.errors.ts';
import { openContent } from './open-content.ts';
import { resourceUriOf, submit } from './submit-activity.ts';
import type { ActivityRequest } from './verbs.ts';

/** A conversation that somebody wants. */
export type ConversationRequest = z.output<typeof conversationRequest>;

/** A conversation that is there. */
export type CreatedConversation = { roomId: Uuid; kms: KmsReply | undefined };

function membersOf({ activities }: ConversationRequest): Uuid[] {
  return activities.items.flatMap(({ verb, object }, index) => {
    if (verb !== 'add') return [];
    const id = parseUuid(object?.id ?? '');
    if (id) return [id];
    const parameters = { field: `activities.items[${index}].object.id` };
    throw new ApiError(conversationErrors['conversation.object_missing'], { parameters });
  });
}

/** A room without a name is called after who is in it (decided). */
async function nameAfter(world: World, personIds: readonly Uuid[]): Promise<string> {
  const people = await Promise.all(personIds.slice(0, 4).map((id) => findPersonFacts(world, id)));
  return people.flatMap((person) => person?.displayName ?? []).join(', ') || 'Empty Title';
}

async function openDirect(world: World, decider: Decider, others: readonly Uuid[]): Promise<Uuid> {
  if (others.length !== 1) throw new ApiError(conversationErrors['conversation.one_other']);
  return openDirectConversation(world, decider, others[0]!);
}

async function createGroup(
  world: World,
  decider: Decider,
  request: ConversationRequest,
  { others, kms }: { others: readonly Uuid[]; kms: KmsReply | undefined },
): Promise<Uuid> {
  const sealed = { decider, encryptionKeyUrl: request.encryptionKeyUrl };
  const given = { text: request.displayName, field: 'displayName' };
  const title = await openContent(world, sealed, given);
  const keyUri = request.defaultActivityEncryptionKeyUrl ?? request.encryptionKeyUrl;
  const resourceUri = kms && resourceUriOf(kms);
  const key = keyUri && resourceUri ? { keyUri, resourceUri } : undefined;
  const name = title?.trim() || (await nameAfter(world, [decider.actor.personId, ...others]));
  return create(world, decider, { title: name, memberIds: others, key });
}

const isFirstWord = ({ verb }: ActivityRequest) => verb === 'post';

/**
 * Creates a conversation with its participants, its key and its first comment.
 * @throws ApiError `conversation.*`, `kms.*`, `room.*`, `person.not_found`
 */
export async function createFor(
  world: World,
  decider: Decider,
  request: ConversationRequest,
): Promise<CreatedConversation> {
  const others = [...new Set(membersOf(request))].filter((id) => id !== decider.actor.personId);
  const isDirect = request.tags?.includes('ONE_ON_ONE') ?? false;
  const { kmsMessage } = request;
  const kms =
    kmsMessage === undefined
      ? undefined
      : await handleKmsMessage(world, decider, { text: kmsMessage, field: 'kmsMessage' });
  const roomId = isDirect
    ? await openDirect(world, decider, others)
    : await createGroup(world, decider, request, { others, kms });
  for (const activity of request.activities.items.filter(isFirstWord))
    await submit(world, decider, roomId, {
      ...activity,
      encryptionKeyUrl: activity.encryptionKeyUrl ?? request.encryptionKeyUrl,
    });
  return { roomId, kms };
}
