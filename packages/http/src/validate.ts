import { ApiError, generalErrors } from '@moothall/core';
import type { z } from 'zod';

function nameOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  const name = nameOf(issue.path);
  return name === '' ? issue.message : `${name}: ${issue.message}`;
}

function description(issue: z.core.$ZodIssue): string {
  const name = nameOf(issue.path);
  return name === '' ? issue.message : `${name}: ${issue.message}`;
}

/**
 * Decodes one part of a request by its schema.
 * @throws ApiError 400 whose message is the first issue's and whose descriptions name each field
 */
export function decode<Schema extends z.ZodType>(
  schema: Schema | undefined,
  value: unknown,
): z.output<Schema> {
  if (!schema) return undefined as z.output<Schema>;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues;
  throw new ApiError(generalErrors['request.invalid'], {
    parameters: { reason: sentence(issues[0]!) },
    descriptions: issues.map(description),
  });
}
