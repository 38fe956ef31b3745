import { ApiError, type ErrorDefinition } from '@moothall/core';

const UNIQUE_VIOLATION = '23505';

/**
 * Whether an error of the database says that a row with such a key exists already.
 * @param constraint name of the unique index; any unless given
 */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  const { code, constraint: violated } = (error ?? {}) as { code?: string; constraint?: string };
  return code === UNIQUE_VIOLATION && (constraint === undefined || violated === constraint);
}

/**
 * Runs a write whose key may exist already; goes around the transaction, which is lost by then.
 * @param constraint name of the unique index that stands for `definition`
 * @throws ApiError `definition` in place of the database's error
 */
export async function refusingDuplicates<T>(
  constraint: string,
  definition: ErrorDefinition,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDuplicate(error, constraint) ? new ApiError(definition, { cause: error }) : error;
  }
}
