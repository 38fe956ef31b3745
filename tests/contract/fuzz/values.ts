import fc from 'fast-check';
import { Known } from './pool.ts';

const long = 'x'.repeat(20_000);

function nested(depth: number, open: string, close: string): unknown {
  return JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);
}

/** Texts that parsers, databases and paths trip over. */
export const badTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  '\u202e\u200b\ufeff',
  "' or 1=1 --",
  '"; drop table message; --',
  '%00',
  '%',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}$(id)`id`',
  '🇪🇺'.repeat(50),
  long,
  '[('.repeat(3000),
  '> '.repeat(2000),
  '-1',
  '0',
  '1e309',
  'NaN',
  '99999999999999999999999999',
  '9007199254740993',
  'null',
  '__proto__',
  'Y2lzY29zcGFyazovL3VzL1JPT00v',
  'Y2lzY29zcGFyazovL3VzL1BFT1BMRS9ub25l',
  '00000000-0000-0000-0000-000000000000',
];

const badTimes = [
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  '0000-00-00',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-30T00:00:00Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T10:00:00+99:99',
];

const wrongTypes: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  [],
  {},
  [[]],
  ['a', 'b'],
  { $ne: 1 },
  { constructor: 1, toString: 1 },
  JSON.parse('{"__proto__":{"isAdmin":true}}'),
  nested(400, '[', ']'),
  nested(400, '{"a":', '}'),
  Array.from({ length: 2000 }, (_one, at) => at),
];

/** Anything that should not be there. */
export const bad: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...badTexts, ...badTimes) },
  { weight: 3, arbitrary: fc.constantFrom(...wrongTypes) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** A known value of a kind, often one of the first. */
export function known(kind: string): fc.Arbitrary<Known> {
  const index = fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 10_000 }));
  return fc.tuple(index, fc.nat({ max: 4 })).map(([at, form]) => new Known(kind, at, form === 0));
}

const flags = fc.constantFrom<unknown>(true, false, 'TRUE', 'false');
const words = fc.oneof(
  fc.lorem({ maxCount: 4 }),
  fc.constantFrom('**bold** <@all>', '# Title\n\n- one\n- two', '<@personEmail:ben@acme.test>', '`code`'),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const times = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
  .map((time) => time.toISOString());
const filters = fc.oneof(
  fc
    .tuple(fc.constantFrom('roomId', 'personId', 'messageId', 'teamId'), fc.nat(99))
    .map(([name]) => `${name}=x`),
  fc.constantFrom(
    'roomType=direct',
    'isLocked=true',
    'mentionedPeople=me',
    'x',
    'a=b&c=d',
    'roomType=group&=',
  ),
);
const card = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.3', body: [{ type: 'TextBlock', text: 'Hi' }] },
};

/** What a field of that name usually holds, where its schema does not tell. */
const byName: Record<string, fc.Arbitrary<unknown>> = {
  roomId: known('ROOM'),
  teamId: known('TEAM'),
  personId: known('PEOPLE'),
  toPersonId: known('PEOPLE'),
  managerId: known('PEOPLE'),
  mentionedPeople: fc.oneof(fc.constant('me'), known('PEOPLE')),
  messageId: fc.oneof(known('MESSAGE'), known('CARD')),
  parentId: known('MESSAGE'),
  beforeMessage: known('MESSAGE'),
  webhookId: known('WEBHOOK'),
  contentId: known('CONTENT'),
  orgId: known('ORGANIZATION'),
  roleId: known('ROLE'),
  licenseId: known('LICENSE'),
  roles: known('ROLE'),
  licenses: known('LICENSE'),
  classificationId: known('CLASSIFICATION'),
  membershipId: fc.oneof(known('MEMBERSHIP'), known('TEAM_MEMBERSHIP')),
  id: fc.oneof(known('TABS'), known('ATTACHMENT_ACTION'), known('PEOPLE')),
  token: known('INCOMING'),
  email: known('EMAIL'),
  emails: known('EMAIL'),
  toPersonEmail: known('EMAIL'),
  cursor: known('CURSOR'),
  max: fc.oneof(fc.integer({ min: 1, max: 20 }).map(String), fc.constant('1000')),
  before: times,
  from: times,
  to: times,
  contentUrl: known('URL'),
  targetUrl: known('URL'),
  avatar: known('URL'),
  files: known('URL'),
  attachments: fc.constant([card]),
  inputs: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), { maxKeys: 3 }),
  name: fc.oneof(words, fc.constantFrom('one', 'two', 'base')),
  by: fc.constantFrom('1s', '14d', '36500d', '99999999d', '-1d', '0s', '1.5h', 'P1D'),
  action: fc.constantFrom('save', 'load'),
  route: fc.constantFrom('POST /messages', '/rooms', 'GET', 'NONE /'),
  status: fc.constantFrom<unknown>('active', 429, 500, 503, 200, 99),
  webhook: fc.constantFrom('dropped', 'duplicated'),
  personEmail: known('EMAIL'),
  type: fc.constantFrom('submit', 'submit', 'group', 'direct'),
  resource: fc.constantFrom(
    'all',
    'messages',
    'rooms',
    'memberships',
    'attachmentActions',
    'roomTabs',
    'teams',
  ),
  event: fc.constantFrom('all', 'created', 'updated', 'deleted', 'started'),
  ownedBy: fc.constantFrom('creator', 'org', 'self'),
  filter: filters,
};

/** Fields that contracts let be missing, for the sake of their own refusals. */
const needed = new Set(['messageId', 'roomId', 'teamId', 'personEmail', 'displayName', 'emails', 'text']);

/** The part of a JSON schema that is looked at. */
export type FieldSchema = {
  type?: string;
  enum?: unknown[];
  anyOf?: FieldSchema[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
};

function bySchema(name: string, schema: FieldSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf?.some((one) => one.type === 'boolean')) return flags;
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => good(name, one)));
  if (schema.type === 'boolean') return flags;
  if (schema.type === 'number' || schema.type === 'integer') return fc.integer({ min: 0, max: 20 });
  if (schema.type === 'object') return fields(schema);
  return words;
}

/** A value that fits a field. */
export function good(name: string, schema: FieldSchema): fc.Arbitrary<unknown> {
  if (schema.type === 'array') return fc.array(good(name, schema.items ?? {}), { maxLength: 3 });
  return byName[name] ?? bySchema(name, schema);
}

/** Some of the fields of an object, mostly with values that fit; few of those that may be left out. */
export function fields({
  properties = {},
  required = [],
}: FieldSchema): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(properties).map(([name, schema]) => {
    const value = fc.oneof({ weight: 20, arbitrary: good(name, schema) }, { weight: 1, arbitrary: bad });
    const [present, absent] = required.includes(name) || needed.has(name) ? [15, 1] : [1, 2];
    const pair = value.map((one) => [[name, one] as const]);
    return fc.oneof({ weight: present, arbitrary: pair }, { weight: absent, arbitrary: fc.constant([]) });
  });
  return fc.tuple(...entries).map((pairs) => Object.fromEntries(pairs.flat()));
}
