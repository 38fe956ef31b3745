import type { Operation, OperationSpec } from '@moothall/contract';
import { operation } from '@moothall/contract';
import { z } from 'zod';

/**
 * A parameter of OAuth: text, once (a repeated one arrives as a list and is refused); an empty one counts as
 * left out (RFC 6749, 3.1).
 */
export const oauthParameter = z
  .string({ error: 'expected text, given once' })
  .transform((text) => text || undefined)
  .optional();

/** Credentials of a client in a form's body; HTTP Basic may bring them instead. */
export const clientFields = { client_id: oauthParameter, client_secret: oauthParameter };

type Place = { id: string; base: string; path: string };

/** Declares one operation of OAuth at each of its addresses. */
export function oauthOperations<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodUndefined,
>(
  places: readonly Place[],
  spec: Omit<OperationSpec<z.ZodUndefined, Query, Body, Response>, keyof Place | 'plane' | 'params'>,
): Operation<z.ZodUndefined, Query, Body, Response>[] {
  return places.map((place) => operation({ ...spec, ...place, plane: 'oauth' as const }));
}
