import { ApiError, type Uuid } from '@moothall/core';
import { parseJsonBody } from '@moothall/http';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  accessMessage,
  findMessage,
  isJsonObject,
  type MessageFacts,
  readMessage,
} from '../messages/index.ts';
import { notArchived } from '../room-access/index.ts';
import { attachmentActionErrors } from './attachment-actions.errors.ts';
import { type ActionRow, findAction, insertAction } from './attachment-actions.store.ts';

/** What somebody submits. */
export type SubmitRequest = {
  type?: string | null | undefined;
  messageId?: Uuid | null | undefined;
  inputs?: unknown;
};

const submitAction: Action<MessageFacts> = {
  ...readMessage,
  name: 'attachmentActions.create',
  policies: [
    notArchived,
    {
      name: 'the message has a card',
      appliesTo: ['user'],
      refuses: (_actor, { message }) => (message.attachments ? undefined : 'the message has no card'),
      error: attachmentActionErrors['attachment_action.no_card'],
    },
    {
      name: "somebody else's card",
      appliesTo: ['user'],
      refuses: (actor, { message }) =>
        message.personId === actor.personId ? 'the caller is the author of the card' : undefined,
      error: attachmentActionErrors['attachment_action.own_card'],
    },
  ],
};

const readAction: Action<ActionRow & { cardAuthorId: Uuid }> = {
  name: 'attachmentActions.read',
  relations: {
    user: ({ personId }, action) =>
      personId === action.personId || personId === action.cardAuthorId
        ? undefined
        : 'the caller neither submitted it nor posted the card',
  },
  unrelated: attachmentActionErrors['attachment_action.not_found'],
};

/** Any JSON object, not matched against the card (documented); a form carries it as text. */
function readInputs(world: World, inputs: unknown): Record<string, unknown> {
  const value = typeof inputs === 'string' ? parseJsonBody(Buffer.from(inputs), 'inputs') : (inputs ?? {});
  if (!isJsonObject(value)) throw new ApiError(attachmentActionErrors['attachment_action.inputs']);
  const limit = world.limits.get('card.size');
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= limit) return value;
  throw new ApiError(attachmentActionErrors['attachment_action.inputs_size'], {
    parameters: { bytes: String(bytes), limit: String(limit) },
  });
}

/**
 * Stores what somebody entered on a card and emits `attachmentActions:created`.
 * @throws ApiError 400 for the form, for a message without a card and for the card's author; `message.not_found`
 */
export async function submit(world: World, decider: Decider, request: SubmitRequest): Promise<ActionRow> {
  const { actor, trace } = decider;
  if (!request.messageId) throw new ApiError(attachmentActionErrors['attachment_action.message_required']);
  if (request.type !== 'submit') throw new ApiError(attachmentActionErrors['attachment_action.type']);
  const inputs = readInputs(world, request.inputs);
  const { message, room } = await accessMessage(world, decider, request.messageId, submitAction);
  const row: ActionRow = {
    id: world.ids.uuid(),
    roomId: room.id,
    messageId: message.id,
    personId: actor.personId,
    type: 'submit',
    inputs,
    created: world.clock.now(),
  };
  const { inputs: _content, ...data } = row;
  await world.store.tx(async (tx) => {
    await insertAction(tx, row);
    tx.emit({
      actorId: actor.personId,
      appId: actor.appId,
      traceId: trace.trackingId,
      orgId: room.orgId,
      roomId: room.id,
      resource: 'attachmentActions',
      event: 'created',
      dataId: row.id,
      data: { ...data, created: row.created.toISOString(), cardAuthorId: message.personId },
    });
  });
  return row;
}

/**
 * An action, for its submitter and for the card's author (documented).
 * @throws ApiError `attachment_action.not_found`
 */
export async function show(world: World, decider: Decider, id: Uuid): Promise<ActionRow> {
  const action = await findAction(world, id);
  const card = action && (await findMessage(world, action.messageId));
  if (!action || !card) throw new ApiError(readAction.unrelated);
  authorize(decider, readAction, { ...action, cardAuthorId: card.personId });
  return action;
}
