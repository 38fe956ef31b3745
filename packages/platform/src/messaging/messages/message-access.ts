import type { Actor, Capacity } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import { type Action, authorize, type Decider, type Policy, type Refusal } from '../../authorize.ts';
import { findPersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import {
  accessRoom,
  isMember,
  isOfOfficersOrg,
  notArchived,
  notReadOnly,
  type RoomAccessFacts,
  roomAction,
} from '../room-access/index.ts';
import { messageErrors } from './messages.errors.ts';
import { findMessage, type MessageRow } from './messages.store.ts';

/** What a decision about a message turns on. */
export type MessageFacts = RoomAccessFacts & {
  message: MessageRow;
  /** Organisation of who wrote it; known in the compliance capacity only. */
  authorOrgId: Uuid | undefined;
};

/** A message that the caller may act on, with its room, and in which capacity. */
export type AccessedMessage = MessageFacts & { capacity: Capacity };

/** Whether a bot may know of a message: in a group room only of its own and of those that mention it (documented). */
export function reachesBot(
  message: { roomType: unknown; personId: unknown; mentionedPeople?: unknown },
  botId: string,
): boolean {
  if (message.roomType === 'direct' || message.personId === botId) return true;
  return Array.isArray(message.mentionedPeople) && message.mentionedPeople.includes(botId);
}

/** Relation: a member who may see the message; a deleted one is gone, and a bot sees what mentions it. */
function maySee(actor: Actor, facts: MessageFacts): Refusal {
  const { message, room } = facts;
  const stranger = isMember(actor, facts);
  if (stranger !== undefined) return stranger;
  if (message.deletedAt !== null) return 'the message has been deleted';
  if (actor.type === 'bot' && !reachesBot({ ...message, roomType: room.type }, actor.personId))
    return 'the message does not mention the bot';
  return undefined;
}

function mayEdit(actor: Actor, facts: MessageFacts): Refusal {
  if (facts.message.personId !== actor.personId) return "the message is somebody else's";
  return maySee(actor, facts);
}

function mayDelete(actor: Actor, facts: MessageFacts): Refusal {
  const hidden = maySee(actor, facts);
  if (hidden !== undefined || facts.message.personId === actor.personId) return hidden;
  if (facts.room.isLocked && facts.membership?.isModerator) return undefined;
  return "the message is somebody else's and the caller does not moderate the room";
}

/**
 * Whether an officer learns only what their own people wrote in a room: in group rooms of other organisations;
 * of their own, and of direct rooms, they see everything (documented: compliance guide).
 */
export function seesOwnPeopleOnly(actor: Actor, { room }: Pick<RoomAccessFacts, 'room'>): boolean {
  return room.type === 'group' && room.orgId !== actor.orgId;
}

/** Relation: an officer who may see the message. */
function isOfficersToSee(actor: Actor, facts: MessageFacts): Refusal {
  const stranger = isOfOfficersOrg(actor, facts);
  if (stranger !== undefined) return stranger;
  if (seesOwnPeopleOnly(actor, facts) && facts.authorOrgId !== actor.orgId)
    return "neither the room nor who wrote the message belongs to the officer's organisation";
  return undefined;
}

const announcements: Policy<RoomAccessFacts> = {
  name: 'moderator when for announcements',
  appliesTo: ['user'],
  refuses: (_actor, { room, membership }) =>
    room.isAnnouncementOnly && !membership?.isModerator
      ? 'the room is for announcements and the caller is not a moderator'
      : undefined,
  error: messageErrors['message.announcement_only'],
};

const postingRules = [notArchived, notReadOnly, announcements] as const;

/** Posting to a room. */
export const postToRoom = roomAction('messages.create', { policies: postingRules });

/** Looking at a room's messages; what is asked beyond that is decided by {@link listAction}. */
export const lookIntoRoom = roomAction('messages.list', { compliance: true });

/** Listing: a bot must ask for what mentions it (documented; the text is decided). */
export const listAction: Action<RoomAccessFacts & { mentionsOnly: boolean }> = {
  name: 'messages.list',
  relations: { user: isMember, compliance: isOfOfficersOrg },
  unrelated: messageErrors['message.not_found'],
  policies: [
    {
      name: 'bots list what mentions them',
      appliesTo: ['user'],
      refuses: (actor, { room, mentionsOnly }) =>
        actor.type === 'bot' && room.type === 'group' && !mentionsOnly
          ? 'a bot lists a group room without mentionedPeople=me'
          : undefined,
      error: messageErrors['message.bot_needs_mentions'],
    },
  ],
};

/** Reading a message; compliance officers read deleted ones too (documented). */
export const readMessage: Action<MessageFacts> = {
  name: 'messages.read',
  relations: { user: maySee, compliance: isOfficersToSee },
  unrelated: messageErrors['message.not_found'],
};

/** Editing: one's own, where one may still post, and without files or cards (documented). */
export const editMessage: Action<MessageFacts> = {
  name: 'messages.update',
  relations: { user: mayEdit },
  unrelated: messageErrors['message.not_found'],
  policies: [
    ...postingRules,
    {
      name: 'no files or cards',
      appliesTo: ['user'],
      refuses: (_actor, { message }) =>
        message.files || message.attachments ? 'the message has files or attachments' : undefined,
      error: messageErrors['message.edit_with_files'],
    },
  ],
};

/** Deleting: one's own, a moderator's in a locked room (decided), any as compliance officer. */
export const deleteMessage: Action<MessageFacts> = {
  name: 'messages.delete',
  relations: { user: mayDelete, compliance: isOfficersToSee },
  unrelated: messageErrors['message.not_found'],
  policies: [
    {
      name: 'not deleted yet',
      appliesTo: ['compliance'],
      refuses: (_actor, { message }) => (message.deletedAt ? 'it has been deleted already' : undefined),
      error: messageErrors['message.gone'],
    },
  ],
};

/**
 * Loads a message for somebody who wants to do `action` with it: the only way to get one.
 * @throws ApiError the action's `unrelated` when there is none or the caller may not know of it, or a policy's error
 */
export async function accessMessage(
  world: World,
  decider: Decider,
  messageId: Uuid,
  action: Action<MessageFacts>,
): Promise<AccessedMessage> {
  const message = await findMessage(world, messageId);
  if (!message) {
    const detail = `${action.name}: there is no such message`;
    decider.trace.steps.push({ check: 'relation', passed: false, detail });
    throw new ApiError(action.unrelated);
  }
  const ofRoom = { ...lookIntoRoom, name: action.name, unrelated: action.unrelated };
  const author = decider.capacities.includes('compliance')
    ? await findPersonFacts(world, message.personId)
    : undefined;
  const ofMessage = { message, authorOrgId: author?.orgId };
  const facts = { ...(await accessRoom(world, decider, message.roomId, ofRoom)), ...ofMessage };
  return { ...facts, capacity: authorize(decider, action, facts) };
}
