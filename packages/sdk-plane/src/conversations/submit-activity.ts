import { userAccess } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import {
  admit,
  adoptRoomKey,
  changeRoomKey,
  type Decider,
  handleKmsMessage,
  type KmsReply,
  type MessageRow,
  showRoom,
  type World,
} from '@moothall/platform';
import { conversationErrors } from './conversations.errors.ts';
import { type ActivityRequest, verbs } from './verbs.ts';

/** What became of an activity. */
export type Submitted = { id: string; message?: MessageRow | undefined; kms?: KmsReply | undefined };

const UPDATE_KEY = 'updateKey';

/** The URI of the resource that a reply of the key service tells of. */
export function resourceUriOf({ body }: KmsReply): string | undefined {
  const { resource } = body as { resource?: { uri?: string } };
  return resource?.uri;
}

/** Gives a room the key that its member had made for it. */
async function updateKey(
  world: World,
  decider: Decider,
  roomId: Uuid,
  { activity, kms }: { activity: ActivityRequest; kms: KmsReply | undefined },
): Promise<void> {
  const keyUri = activity.object?.defaultActivityEncryptionKeyUrl ?? '';
  const resourceUri = kms && resourceUriOf(kms);
  const { actor, trace } = decider;
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
  await world.store.tx(async (tx) => {
    if (resourceUri === undefined) await changeRoomKey(world, tx, { roomId, keyUri }, cause);
    else
      await adoptRoomKey(
        world,
        tx,
        { roomId, creatorId: actor.personId, key: { keyUri, resourceUri } },
        cause,
      );
  });
}

/**
 * Does what an activity says, and what the message to the key service says that came with it.
 * @throws ApiError 501 `conversation.verb_not_built`, and whatever the verb refuses
 */
export async function submit(
  world: World,
  caller: Decider,
  roomId: Uuid,
  activity: ActivityRequest,
): Promise<Submitted> {
  const { verb, kmsMessage } = activity;
  const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!known && verb !== UPDATE_KEY) {
    const parameters = { verb: verb.slice(0, 40), known: [...Object.keys(verbs), UPDATE_KEY].join(', ') };
    throw new ApiError(conversationErrors['conversation.verb_not_built'], { parameters });
  }
  const access = known?.access ?? userAccess('spark:rooms_write');
  const decider: Decider = { ...caller, capacities: admit(caller.actor, access, caller.trace) };
  // Whoever is not in the room is told so before anything is done.
  await showRoom(world, decider, roomId);
  const kms =
    kmsMessage === undefined
      ? undefined
      : await handleKmsMessage(world, decider, { text: kmsMessage, field: 'kmsMessage' });
  if (!known) {
    await updateKey(world, decider, roomId, { activity, kms });
    return { id: world.ids.uuid(), kms };
  }
  const { id = world.ids.uuid(), message } = await known.run({ world, decider, roomId, activity });
  return { id, message, kms };
}
