import { additionsTo } from '../allowed-additions.ts';

/** Receives one finding: JSON pointer and what is wrong. */
export type ErrorReport = (pointer: string, message: string) => void;

const bodyKeys = new Set(['message', 'errors', 'trackingId', ...additionsTo('WebexError')]);
const itemKeys = new Set(['description', 'errorCode']);

/** Checks the body of a 4xx or 5xx reply: `{message, errors: [{description, errorCode?}], trackingId}`, all
 *  three always there, since one SDK reads `message` and another `errors[0].description` (as-observed). */
export function checkErrorBody(body: unknown, report: ErrorReport): void {
  if (!isRecord(body)) {
    report('', 'must be {message, errors: [{description}], trackingId}');
    return;
  }
  for (const key of ['message', 'trackingId']) {
    if (!isText(body[key])) report(`/${key}`, 'must be a non-empty string');
  }
  checkKeys(body, bodyKeys, '', report);
  if (!Array.isArray(body.errors) || body.errors.length === 0) {
    report('/errors', 'must be a list of at least one {description}');
    return;
  }
  for (const [index, item] of body.errors.entries()) checkItem(item, `/errors/${index}`, report);
}

function checkItem(item: unknown, pointer: string, report: ErrorReport): void {
  if (!isRecord(item) || !isText(item.description)) {
    report(`${pointer}/description`, 'must be a non-empty string');
    return;
  }
  if (item.errorCode !== undefined && !Number.isInteger(item.errorCode)) {
    report(`${pointer}/errorCode`, 'must be an integer');
  }
  checkKeys(item, itemKeys, pointer, report);
}

function checkKeys(body: object, known: Set<string>, pointer: string, report: ErrorReport): void {
  for (const key of Object.keys(body)) {
    if (!known.has(key)) report(`${pointer}/${key}`, 'is unknown to the error body');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
