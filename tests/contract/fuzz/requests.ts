import type { Operation } from '@moothall/contract';
import fc from 'fast-check';
import { z } from 'zod';
import { bad, badTexts, type FieldSchema, fields, good, known } from './values.ts';

/** How a body is written. */
export type Encoding = 'json' | 'form' | 'multipart' | 'raw' | 'none';

/** A request before its placeholders are filled. */
export type FuzzRequest = {
  /** Which of the callers, as a number. */
  caller: number;
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
  encoding: Encoding;
  /** Content of a raw body, or what is added to the query as it is. */
  raw: string;
};

const rawTexts = [
  '{',
  '{"a":1',
  '[1,2',
  '"text"',
  'null',
  '{"roomId":1e999}',
  '{"text":"\\ud800"}',
  '{"text":"\\u0000"}',
  `${'['.repeat(20_000)}`,
  '{"a":1}{"b":2}',
  '\u0000',
  '=&=&%zz&a[b]=1',
  '--x\r\n\r\n--x--',
];

function shapeOf(schema: z.ZodType | undefined): FieldSchema {
  if (!schema) return {};
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'openapi-3.0' });
  return json as FieldSchema;
}

/** What a parameter names where its own name does not tell. */
const kindsByPath: readonly [path: string, name: string, kind: string][] = [
  ['/v1/room/tabs/', 'id', 'TABS'],
  ['/v1/attachment/actions/', 'id', 'ATTACHMENT_ACTION'],
  ['/v1/team/memberships/', 'membershipId', 'TEAM_MEMBERSHIP'],
  ['/v1/memberships/', 'membershipId', 'MEMBERSHIP'],
  ['/wdm/api/v1/devices/', 'deviceId', 'REGISTRATION'],
];

function parameter(path: string, name: string): fc.Arbitrary<unknown> {
  const row = kindsByPath.find(([part, wanted]) => wanted === name && path.startsWith(part));
  const others = fc.constantFrom('ROOM', 'MESSAGE', 'PEOPLE', 'WEBHOOK').chain(known);
  return fc.oneof(
    { weight: 10, arbitrary: row ? known(row[2]) : good(name, {}) },
    { weight: 1, arbitrary: fc.constantFrom(...badTexts) },
    { weight: 1, arbitrary: others },
  );
}

/** Every parameter of the path, mostly with ids that exist. */
function pathOf({ params, fullPath }: Operation): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(shapeOf(params).properties ?? {});
  return fc.record(Object.fromEntries(names.map((name) => [name, parameter(fullPath, name)])));
}

/** Requests for one operation: what its contract takes, changed in places. */
export function requestsFor(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const body = fc.oneof(
    { weight: 12, arbitrary: fields(shapeOf(operation.body)) },
    { weight: 1, arbitrary: bad },
  );
  return fc.record({
    caller: fc.nat({ max: 1000 }),
    params: pathOf(operation),
    query: fields(shapeOf(operation.query)),
    body: operation.body ? body : fc.constant(undefined),
    encoding: fc.oneof(
      { weight: 12, arbitrary: fc.constant<Encoding>('json') },
      { weight: 3, arbitrary: fc.constant<Encoding>('form') },
      { weight: 3, arbitrary: fc.constant<Encoding>('multipart') },
      { weight: 1, arbitrary: fc.constantFrom<Encoding>('raw', 'none') },
    ),
    raw: fc.constantFrom(...rawTexts),
  });
}
