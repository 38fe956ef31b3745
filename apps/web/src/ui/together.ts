import type { Query } from './query.ts';

type DataOf<Part> = Part extends { data: infer Data } ? Exclude<Data, undefined> : undefined;
type Together<Parts> = { [Key in keyof Parts]: DataOf<Parts[Key]> };

/**
 * Several queries as one that is there when all are: parts that come one after the other would push each other
 * down the page. A part that is undefined is not waited for.
 */
export function together<Parts extends Record<string, Query<unknown> | undefined>>(
  parts: Parts,
): Query<Together<Parts>> {
  const queries = Object.values(parts).filter((part) => part !== undefined);
  const data = Object.entries(parts).map(([name, part]) => [name, part?.data]);
  const isHere = queries.every((query) => query.data !== undefined);
  return {
    data: isHere ? (Object.fromEntries(data) as Together<Parts>) : undefined,
    isError: queries.some(({ isError }) => isError),
    error: queries.find(({ isError }) => isError)?.error,
    refetch: () => Promise.all(queries.map((query) => query.refetch())),
  };
}
