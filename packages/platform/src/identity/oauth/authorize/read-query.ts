import { ApiError, generalErrors } from '@moothall/core';
import { authorizationQuery } from './authorize.contract.ts';
import type { AuthorizationQuery } from './request-checks.ts';

/**
 * Reads an authorization request from the text of its query.
 * @throws ApiError 400 for a parameter that comes twice
 */
export function readAuthorizationQuery(text: string): AuthorizationQuery {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  const result = authorizationQuery.safeParse(Object.fromEntries(fields));
  if (result.success && !text.includes('%00')) return result.data;
  const field = result.error?.issues[0]?.path.join('.') ?? 'query';
  const parameters = { reason: `${field}: expected text, given once` };
  throw new ApiError(generalErrors['request.invalid'], { parameters });
}
