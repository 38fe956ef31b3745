import { ApiError, type Limits } from '@moothall/core';
import { parseJsonBody } from '@moothall/http';
import { messageErrors } from './messages.errors.ts';
import type { MessageCard } from './messages.table.ts';

/** A card that may be stored, and what of it lies beyond what clients are promised to show. */
export type CheckedCard = { card: MessageCard; notes: string[] };

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** Types of schema 1.3 (documented: buttons and cards guide; element classes of the Python SDK). */
const knownTypes = new Set([
  ...['AdaptiveCard', 'TextBlock', 'Image', 'Media', 'MediaSource', 'RichTextBlock', 'TextRun', 'ActionSet'],
  ...['Container', 'ColumnSet', 'Column', 'FactSet', 'Fact', 'ImageSet', 'BackgroundImage', 'TargetElement'],
  ...['Input.Text', 'Input.Number', 'Input.Date', 'Input.Time', 'Input.Toggle', 'Input.ChoiceSet'],
  ...['Input.Choice', 'Action.OpenUrl', 'Action.Submit', 'Action.ShowCard', 'Action.ToggleVisibility'],
]);

function refuse(reason: string): ApiError {
  return new ApiError(messageErrors['message.card_invalid'], { parameters: { reason } });
}

/** Whether a JSON value is an object, not a list. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Forms carry the list as JSON text. */
function listOfCards(attachments: unknown): unknown[] {
  if (attachments === undefined || attachments === null || attachments === '') return [];
  const value =
    typeof attachments === 'string' ? parseJsonBody(Buffer.from(attachments), 'attachments') : attachments;
  if (!Array.isArray(value)) throw refuse('give a list with one object of contentType and content.');
  return value;
}

function isBeyond(version: unknown): boolean {
  const [major = 1, minor = 0] = String(version).split('.').map(Number);
  return major > 1 || (major === 1 && minor > 3);
}

/** Visits each object of a card; numbers that JSON cannot carry on would be stored as something else. */
function visit(value: unknown, see: (node: Record<string, unknown>) => void): void {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw refuse('a number in the card is too large.');
  if (typeof value !== 'object' || value === null) return;
  if (isJsonObject(value)) see(value);
  for (const item of Object.values(value)) visit(item, see);
}

function notesOf(content: Record<string, unknown>, actionLimit: number): string[] {
  const notes = new Set<string>();
  if (isBeyond(content.version)) notes.add(`version ${String(content.version).slice(0, 20)} is beyond 1.3`);
  if (Array.isArray(content.actions) && content.actions.length > actionLimit)
    notes.add(`only the first ${actionLimit} of ${content.actions.length} actions are shown`);
  for (const key of ['refresh', 'authentication'])
    if (key in content) notes.add(`'${key}' is beyond 1.3 and has no effect`);
  visit(content, (node) => {
    // `data` of an action and the like may hold any `type`; only names in the form of elements are looked at.
    if (typeof node.type !== 'string' || !/^([A-Z][A-Za-z]+\.)?[A-Z][A-Za-z]{1,40}$/.test(node.type)) return;
    if (!knownTypes.has(node.type) && notes.size < 20) notes.add(`'${node.type}' is not an element of 1.3`);
  });
  return [...notes];
}

/**
 * Reads the `attachments` of a message. The card itself is kept as it came, without what stands beside it;
 * elements beyond
 * version 1.3 are accepted and noted (decided).
 * @throws ApiError `message.cards_limit`, `message.card_invalid`
 */
export function checkCard(limits: Limits, attachments: unknown): CheckedCard | undefined {
  const cards = listOfCards(attachments);
  const limit = limits.get('message.attachments');
  if (cards.length > limit)
    throw new ApiError(messageErrors['message.cards_limit'], { parameters: { limit: String(limit) } });
  const [card] = cards;
  if (cards.length === 0) return undefined;
  if (!isJsonObject(card)) throw refuse('each entry is an object of contentType and content.');
  if (card.contentType !== CARD_TYPE) throw refuse(`contentType must be ${CARD_TYPE}.`);
  if (!isJsonObject(card.content)) throw refuse('content must be a JSON object.');
  if (card.content.type !== 'AdaptiveCard') throw refuse("content.type must be 'AdaptiveCard'.");
  const sizeBytes = Buffer.byteLength(JSON.stringify(card.content));
  if (sizeBytes > limits.get('card.size'))
    throw refuse(`the card has ${sizeBytes} bytes of JSON: ${limits.get('card.size')} is the most.`);
  const kept: MessageCard = { contentType: CARD_TYPE, content: card.content };
  return { card: kept, notes: notesOf(card.content, limits.get('card.actions')) };
}
