import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError, generalErrors } from '@moothall/core';
import type { Arrival } from '@moothall/http';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * The check of the lab's key, in a time that does not depend on what was sent.
 * @returns a function that throws ApiError 401 for another key, or none
 */
export function createLabKeyCheck(labKey: string): (arrival: Arrival) => void {
  const wanted = digest(labKey);
  return ({ headers, trace }) => {
    const sent = /^bearer\s+(.*\S)\s*$/i.exec(String(headers.authorization ?? ''))?.[1];
    if (timingSafeEqual(digest(sent ?? ''), wanted) && sent !== undefined) return;
    trace.steps.push({ check: 'token', passed: false, detail: "it is not the lab's key" });
    throw new ApiError(generalErrors['auth.token_required']);
  };
}
