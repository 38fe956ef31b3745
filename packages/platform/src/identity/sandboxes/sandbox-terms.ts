import { ApiError } from '@moothall/core';
import { sandboxErrors } from './sandboxes.errors.ts';

/** Version of the terms that a developer accepts; another one with each change of them. */
export const SANDBOX_TERMS_VERSION = '2026-11';

/** The terms, in plain words. */
export const sandboxTerms: readonly string[] = [
  'A sandbox is for developing and testing; do not run what others rely on in it.',
  'It has at most 10 people, and its people and data are invisible to everybody else.',
  'It ends when nobody used it for 90 days; you are told two weeks before.',
];

/** @throws ApiError `sandbox.terms` for another version than the current one */
export function assertTerms(version: string): void {
  if (version === SANDBOX_TERMS_VERSION) return;
  throw new ApiError(sandboxErrors['sandbox.terms'], { parameters: { version: SANDBOX_TERMS_VERSION } });
}
