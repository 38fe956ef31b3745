import { type ErrorDefinition, generalErrors } from '@moothall/core';
import type { Operation, ResponseKind } from './operation.ts';

const successes: Readonly<Record<ResponseKind, readonly number[]>> = {
  json: [200],
  empty: [204],
  // A part of the bytes, or none to a client that has them already.
  bytes: [200, 206, 304],
  redirect: [302],
};

/** Statuses with which an operation tells that it was carried out. */
export function successStatuses(operation: Operation): readonly number[] {
  return [...successes[operation.replies], ...(operation.otherSuccesses ?? [])];
}

type GeneralCode = keyof typeof generalErrors;

const always: readonly GeneralCode[] = ['headers.too_large', 'server.busy', 'request.malformed_body'];
const withCaller: readonly GeneralCode[] = ['auth.token_required', 'auth.forbidden', 'rate.limited'];
const withSession: readonly GeneralCode[] = ['session.required', 'auth.forbidden', 'rate.limited'];
const onSites: readonly GeneralCode[] = ['session.site_not_entered'];
const onPages: readonly GeneralCode[] = ['session.foreign_page'];
const withInput: readonly GeneralCode[] = ['request.invalid'];
const withBody: readonly GeneralCode[] = [
  'request.malformed_json',
  'body.too_large',
  'content_type.not_supported',
];
const withAnyBody: readonly GeneralCode[] = ['body.too_large'];

/**
 * Everything that an operation may refuse with: its own errors, and of the general ones those that what it
 * takes makes possible. 500 is none of them.
 */
export function declaredErrors(operation: Operation): readonly ErrorDefinition[] {
  const takesInput = operation.params ?? operation.query ?? operation.body;
  const site = operation.access?.session;
  const codes = [
    ...always,
    ...(site !== undefined && site !== 'account' ? onSites : []),
    ...(operation.access ? (site ? withSession : withCaller) : []),
    ...(operation.plane === 'page' ? onPages : []),
    ...(takesInput ? withInput : []),
    ...(operation.body ? withBody : []),
    ...(operation.discardsBody ? withAnyBody : []),
  ];
  return [...(operation.errors ?? []), ...codes.map((code) => generalErrors[code])];
}
