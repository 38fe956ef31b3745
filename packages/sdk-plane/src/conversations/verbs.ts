import type { Access } from '@moothall/contract';
import { userAccess } from '@moothall/contract';
import { ApiError, parseUuid, type Uuid } from '@moothall/core';
import {
  acknowledge,
  changeMembership,
  createMembership,
  type Decider,
  deleteMembership,
  deleteMessage,
  editMessage,
  type MessageRow,
  postMessage,
  submitAttachmentAction,
  updateRoom,
  type World,
} from '@moothall/platform';
import type { z } from 'zod';
import type { activityRequest } from './conversations.contract.ts';
import { conversationErrors } from './conversations.errors.ts';
import { markdownOf, openContent } from './open-content.ts';

/** An activity that somebody wants to take place. */
export type ActivityRequest = z.output<typeof activityRequest>;

/** One activity in one room. */
type Doing = { world: World; decider: Decider; roomId: Uuid; activity: ActivityRequest };

/** What became of it: the message where it made one. */
type Done = { id?: string; message?: MessageRow };

type Verb = {
  access: Access;
  run(doing: Doing): Promise<Done>;
};

/** The id of what an activity is about. @throws ApiError `conversation.object_missing` */
function objectId({ object }: ActivityRequest): Uuid {
  const id = parseUuid(object?.id ?? '');
  if (id) return id;
  throw new ApiError(conversationErrors['conversation.object_missing'], {
    parameters: { field: 'object.id' },
  });
}

function parentId({ parent }: ActivityRequest): Uuid | undefined {
  if (!parent) return undefined;
  const id = parseUuid(parent.id);
  if (id) return id;
  throw new ApiError(conversationErrors['conversation.object_missing'], {
    parameters: { field: 'parent.id' },
  });
}

async function wordsOf({ world, decider, activity }: Doing) {
  const { object, encryptionKeyUrl } = activity;
  const sealed = { decider, encryptionKeyUrl };
  const open = (text: string | undefined, field: string) => openContent(world, sealed, { text, field });
  const text = await open(object?.displayName, 'object.displayName');
  const html = await open(object?.content, 'object.content');
  return { text, ...(html !== undefined && { markdown: markdownOf(html) }) };
}

async function post(doing: Doing): Promise<Done> {
  const { world, decider, roomId, activity } = doing;
  const parent = parentId(activity);
  const words = await wordsOf(doing);
  if (parent && activity.parent!.type === 'edit') {
    const { row } = await editMessage(world, decider, { messageId: parent, roomId, ...words });
    return { id: row.id, message: row };
  }
  const { row } = await postMessage(world, decider, { roomId, parentId: parent, ...words });
  return { id: row.id, message: row };
}

async function submitCard(doing: Doing): Promise<Done> {
  const { world, decider, activity } = doing;
  const { inputs } = activity.object ?? {};
  const sealed = { decider, encryptionKeyUrl: activity.encryptionKeyUrl };
  const text = typeof inputs === 'string' ? inputs : undefined;
  const opened = await openContent(world, sealed, { text, field: 'object.inputs' });
  const messageId = parentId(activity) ?? null;
  const row = await submitAttachmentAction(world, decider, {
    type: 'submit',
    messageId,
    inputs: opened ?? inputs,
  });
  return { id: row.id };
}

async function rename(doing: Doing): Promise<Done> {
  const { text } = await wordsOf(doing);
  await updateRoom(doing.world, doing.decider, doing.roomId, { title: text });
  return {};
}

const rooms = userAccess('spark:rooms_write');
const memberships = userAccess('spark:memberships_write');
const messages = userAccess('spark:messages_write');

const lock = (isLocked: boolean): Verb => ({
  access: rooms,
  async run({ world, decider, roomId }) {
    await updateRoom(world, decider, roomId, { isLocked });
    return {};
  },
});

const moderate = (isModerator: boolean): Verb => ({
  access: memberships,
  async run({ world, decider, roomId, activity }) {
    const key = { first: objectId(activity), second: roomId };
    await changeMembership(world, decider, key, { isModerator });
    return {};
  },
});

const hide = (isRoomHidden: boolean): Verb => ({
  access: memberships,
  async run({ world, decider, roomId }) {
    const key = { first: decider.actor.personId, second: roomId };
    await changeMembership(world, decider, key, { isRoomHidden });
    return {};
  },
});

/** What can be done in a conversation: each is the verb of REST under the name that SDKs have for it. */
export const verbs: Readonly<Record<string, Verb>> = {
  post: { access: messages, run: post },
  delete: {
    access: messages,
    async run({ world, decider, activity }) {
      await deleteMessage(world, decider, objectId(activity));
      return {};
    },
  },
  acknowledge: {
    access: userAccess('spark:messages_read'),
    async run({ world, decider, roomId, activity }) {
      await acknowledge(world, decider, { roomId, messageId: objectId(activity) });
      return {};
    },
  },
  cardAction: { access: messages, run: submitCard },
  add: {
    access: memberships,
    async run({ world, decider, roomId, activity }) {
      await createMembership(world, decider, { roomId, personId: objectId(activity) });
      return {};
    },
  },
  leave: {
    access: memberships,
    async run({ world, decider, roomId, activity }) {
      await deleteMembership(world, decider, { first: objectId(activity), second: roomId });
      return {};
    },
  },
  assignModerator: moderate(true),
  unassignModerator: moderate(false),
  hide: hide(true),
  unhide: hide(false),
  update: { access: rooms, run: rename },
  lock: lock(true),
  unlock: lock(false),
};
