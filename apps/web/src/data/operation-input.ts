import type { Operation } from '@moothall/contract';
import type { z } from 'zod';

type Part<Key extends string, Schema> = [Schema] extends [z.ZodUndefined]
  ? unknown
  : Schema extends z.ZodType
    ? Record<string, never> extends z.input<Schema>
      ? { [K in Key]?: z.input<Schema> }
      : { [K in Key]: z.input<Schema> }
    : unknown;

/** What a call of an operation sends: `params` of its path, `query` and `body`, as far as its contract has them. */
export type InputOf<Op extends Operation> =
  Op extends Operation<infer Params, infer Query, infer Body, z.ZodType>
    ? Part<'params', Params> & Part<'query', Query> & Part<'body', Body>
    : never;

/** What an operation answers, as it is on the wire; undefined where it answers nothing. */
export type ReplyOf<Op extends Operation> =
  Op extends Operation<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? z.input<Reply> : never;

/** An input whose parts are not known by type any more. */
export type LooseInput = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
};

function addQuery(search: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined) return;
  for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
}

/** The address of a call: path with its parameters filled in, and query. */
export function addressOf(operation: Pick<Operation, 'fullPath'>, input: LooseInput): string {
  const path = operation.fullPath.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) addQuery(search, name, value);
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}
