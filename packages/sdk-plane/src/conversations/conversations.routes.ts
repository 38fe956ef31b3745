import { ApiError, type Uuid } from '@moothall/core';
import type { Mount, RequestContext } from '@moothall/http';
import {
  accessMessage,
  directRoomId,
  findPersonFacts,
  listRooms,
  readMessage,
  showRoom,
  type World,
} from '@moothall/platform';
import { presentActivity } from '../activities/activity-context.ts';
import { type Activity, personObject } from '../activities/activity-objects.ts';
import {
  createConversation,
  getActivity,
  getConversation,
  getConversationWith,
  getUser,
  listActivities,
  listConversations,
  lookUpUsers,
  submitActivity,
  submitContent,
} from './conversations.contract.ts';
import { conversationErrors } from './conversations.errors.ts';
import { createFor } from './create-conversation.ts';
import { activitiesOf, presentConversations, presentMessage, type Shown } from './show-conversation.ts';
import { submit } from './submit-activity.ts';
import { lookUp } from './users.ts';
import type { ActivityRequest } from './verbs.ts';

type Request = Pick<RequestContext, 'actor' | 'capacities' | 'trace' | 'baseUrl'>;

async function showOne(world: World, request: Request, roomId: Uuid, shown: Shown) {
  const row = await showRoom(world, request, roomId);
  const view = { world, decider: request, baseUrl: request.baseUrl };
  const [conversation] = await presentConversations(view, [row], shown);
  return conversation!;
}

async function presentSubmitted(
  world: World,
  request: Request,
  roomId: Uuid,
  activity: ActivityRequest,
): Promise<Activity & { clientTempId?: string; kmsMessage?: string }> {
  const { id, message, kms } = await submit(world, request, roomId, activity);
  const actor = (await findPersonFacts(world, request.actor.personId))!;
  const { baseUrl } = request;
  // Whoever left is not told of the room any more.
  const room = { type: 'group' as const };
  const { object = {} } = activity;
  const told = {
    id,
    verb: activity.verb,
    actor,
    object: () => ({ ...object, objectType: object.objectType ?? 'activity' }),
    published: world.clock.now().toISOString(),
  };
  const presented = message
    ? presentMessage(message, { actor, room, baseUrl })
    : presentActivity(baseUrl, told, { roomId, room });
  const { clientTempId } = activity;
  return {
    ...presented,
    ...(clientTempId !== undefined && { clientTempId }),
    ...(kms && { kmsMessage: kms.text }),
  };
}

/** Ties the operations of the conversation service to their handlers. */
export function mountConversations(mount: Mount, world: World): void {
  mount(createConversation, async (request) => {
    const { roomId, kms } = await createFor(world, request, request.body);
    const shown = { includeParticipants: true, activitiesLimit: 10 };
    const conversation = await showOne(world, request, roomId, shown);
    return { ...conversation, ...(kms && { kmsMessage: kms.text }) };
  });
  mount(listConversations, async (request) => {
    const max = request.query.conversationsLimit;
    const rows = await listRooms(world, request, { max });
    const view = { world, decider: request, baseUrl: request.baseUrl };
    return { items: await presentConversations(view, rows.slice(0, max), request.query) };
  });
  mount(getConversation, (request) => showOne(world, request, request.params.conversationId, request.query));
  mount(getConversationWith, async (request) => {
    const roomId = directRoomId(request.actor.personId, request.params.personId);
    return showOne(world, request, roomId, request.query).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404)
        throw new ApiError(conversationErrors['conversation.not_found']);
      throw error;
    });
  });
  mount(listActivities, async (request) => {
    const row = await showRoom(world, request, request.params.conversationId);
    const view = { world, decider: request, baseUrl: request.baseUrl };
    const { activitiesLimit, maxDate } = request.query;
    const max = activitiesLimit ?? world.limits.get('conversation.page_default');
    return { items: await activitiesOf(view, row, { max, before: maxDate }) };
  });
  mountActivities(mount, world);
  mountUsers(mount, world);
}

function mountActivities(mount: Mount, world: World): void {
  mount(submitActivity, (request) =>
    presentSubmitted(world, request, request.params.conversationId, request.body),
  );
  mount(getActivity, async (request) => {
    const { activityId } = request.params;
    const { message, room } = await accessMessage(world, request, activityId, readMessage);
    const actor = (await findPersonFacts(world, message.personId))!;
    return presentMessage(message, { actor, room, baseUrl: request.baseUrl });
  });
  mount(submitContent, async (request) => {
    await showRoom(world, request, request.params.conversationId);
    throw new ApiError(conversationErrors['conversation.files_not_built']);
  });
}

function mountUsers(mount: Mount, world: World): void {
  mount(lookUpUsers, (request) => {
    const emails = request.body.map(({ email }) => email);
    return lookUp(world, request, emails, request.query.shouldCreateUsers ?? false);
  });
  mount(getUser, async ({ actor }) => {
    const facts = (await findPersonFacts(world, actor.personId))!;
    return { ...personObject(facts), id: facts.id, email: facts.email };
  });
}
