import { type Coverage, type OperationSpec, operation } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import type { z } from 'zod';

/** Prefix of the lab plane. */
export const LAB_BASE = '/lab/v1';

/** Declares an operation of the lab plane: it asks for the lab's key, not for a person's token. */
export function labOperation<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodUndefined,
>(
  spec: Omit<OperationSpec<Params, Query, Body, Response>, 'base' | 'access' | 'source' | 'coverage'> & {
    testedBy: Coverage['testedBy'];
  },
) {
  const { testedBy, errors = [], ...rest } = spec;
  return operation<Params, Query, Body, Response>({
    ...(rest as OperationSpec<Params, Query, Body, Response>),
    base: LAB_BASE,
    errors: [...errors, generalErrors['auth.token_required']],
    source: 'decided',
    coverage: { status: 'done', testedBy },
  });
}
