import { describe, expect, it } from 'vitest';
import { allowedAdditions } from './allowed-additions.ts';
import { exampleDefects, exampleFormDefects } from './official/example-defects.ts';
import { readSpecDocument, type SpecMedia, type SpecName, specNames } from './official/spec-document.ts';
import { loadOfficial, specsFolder, type Violation } from './official-schemas.ts';

const official = loadOfficial();
const uuid = '2a1c8f6e-3b7d-4e5f-9a0b-1c2d3e4f5a6b';
const id = (type: string, key = uuid) => Buffer.from(`ciscospark://us/${type}/${key}`).toString('base64url');
const created = '2026-03-01T09:00:00.000Z';

const room = {
  id: id('ROOM'),
  title: 'General talk',
  type: 'group',
  isLocked: false,
  lastActivity: created,
  creatorId: id('PEOPLE'),
  created,
  ownerId: id('ORGANIZATION'),
};
const message = {
  id: id('MESSAGE'),
  roomId: id('ROOM'),
  roomType: 'group',
  personId: id('PEOPLE'),
  personEmail: 'ada@acme.test',
  created,
};
const error = { message: 'No.', errors: [{ description: 'No.' }], trackingId: 'ROUTER_1' };

type Example = { name: string; spec: SpecName; method: string; path: string; status: number; body: unknown };

function examplesOf(spec: SpecName): Example[] {
  const found: Example[] = [];
  for (const [path, methods] of Object.entries(readSpecDocument(specsFolder() ?? '', spec).paths)) {
    for (const [lower, operation] of Object.entries(methods)) {
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        for (const media of Object.values<SpecMedia>(response.content ?? {})) {
          if (media.example === undefined) continue;
          const method = lower.toUpperCase();
          const name = `${method} ${path} ${status}`;
          found.push({ name, spec, method, path: `/v1${path}`, status: Number(status), body: media.example });
        }
      }
    }
  }
  return found;
}

describe.skipIf(!official)('official schemas (needs the official files)', () => {
  const judge = (method: string, path: string, status: number, body: unknown): Violation[] =>
    official?.validate({ method, path, status, contentType: 'application/json;charset=UTF-8', body })
      .violations ?? [];
  const judgeRoom = (changes: object) =>
    judge('GET', '/v1/rooms/Y2lz?x=1', 200, JSON.parse(JSON.stringify({ ...room, ...changes })));

  it('accepts a reply in the documented form', () => {
    expect(judgeRoom({})).toEqual([]);
    expect(judge('GET', '/v1/rooms/', 200, { items: [room] })).toEqual([]);
    expect(judge('GET', '/v1//people/me', 404, error)).toEqual([]);
    expect(judge('DELETE', '/v1/rooms/Y2lz', 204, undefined)).toEqual([]);
  });

  it.each<[string, object, Partial<Violation>]>([
    ['an unknown key', { subject: 'x' }, { rule: 'unknown-key', pointer: '/subject' }],
    [
      'a missing required property',
      { title: undefined },
      { rule: 'schema', message: expect.stringContaining("'title'") },
    ],
    ['a wrong JSON type', { isLocked: 'false' }, { rule: 'schema', pointer: '/isLocked' }],
    ['null for an absent value', { teamId: null }, { rule: 'schema', pointer: '/teamId' }],
    [
      'a value outside the enumeration',
      { type: 'team' },
      { rule: 'schema', message: expect.stringContaining('direct, group') },
    ],
    [
      'a date without milliseconds',
      { created: '2026-03-01T09:00:00Z' },
      { rule: 'format', pointer: '/created' },
    ],
    [
      'a date that no calendar has',
      { created: '2026-13-01T09:00:00.000Z' },
      { rule: 'format', pointer: '/created' },
    ],
    [
      'a padded id',
      { id: `${id('ROOM')}==` },
      { rule: 'format', pointer: '/id', message: expect.stringContaining('padded') },
    ],
    ['an id of another type', { creatorId: id('ROOM') }, { rule: 'format', pointer: '/creatorId' }],
    ['a bare UUID', { ownerId: uuid }, { rule: 'format', pointer: '/ownerId' }],
  ])('finds %s', (_what, changes, expected) => {
    expect(judgeRoom(changes)).toEqual([
      expect.objectContaining({ operation: 'GET /rooms/{roomId}', ...expected }),
    ]);
  });

  it('finds deviations inside the items of a collection', () => {
    expect(judge('GET', '/v1/rooms', 200, {})).toMatchObject([{ rule: 'schema' }]);
    expect(judge('GET', '/v1/rooms', 200, { items: [room, { ...room, color: 1 }] })).toMatchObject([
      { pointer: '/items/1/color', rule: 'unknown-key' },
    ]);
    const { roomId: _, ...withoutRoom } = message;
    expect(judge('GET', '/v1/messages', 200, { items: [withoutRoom] })).toMatchObject([
      { pointer: '/items/0' },
    ]);
  });

  it('checks each id of a list', () => {
    const people = { ...message, mentionedPeople: [id('PEOPLE'), id('ROOM')] };
    expect(judge('GET', '/v1/messages/Y2lz', 200, people)).toMatchObject([{ pointer: '/mentionedPeople/1' }]);
  });

  it('finds wrong statuses and bodies', () => {
    expect(judge('POST', '/v1/rooms', 201, room)).toMatchObject([{ rule: 'status' }]);
    expect(judge('GET', '/v1/rooms/Y2lz', 200, undefined)).toMatchObject([{ rule: 'content' }]);
    expect(judge('DELETE', '/v1/rooms/Y2lz', 204, {})).toMatchObject([{ rule: 'content' }]);
    const html = { method: 'GET', path: '/v1/rooms', status: 200, contentType: 'text/html', body: undefined };
    expect(official?.validate(html).violations).toMatchObject([{ rule: 'content' }]);
  });

  it('wants the error body of every 4xx and 5xx below /v1', () => {
    expect(judge('GET', '/v1/rooms/Y2lz', 404, { message: 'No.' }).map(({ pointer }) => pointer)).toEqual([
      '/trackingId',
      '/errors',
    ]);
    expect(judge('GET', '/v1/no-such-thing', 404, { ...error, errors: [{}] })).toMatchObject([
      { operation: 'GET /v1/no-such-thing', pointer: '/errors/0/description' },
    ]);
    expect(judge('GET', '/wdm/api/v1/devices', 404, {})).toEqual([]);
    const page = { status: 400, contentType: 'text/html', body: undefined };
    expect(official?.validate({ method: 'GET', path: '/v1/authorize', ...page }).violations).toEqual([]);
    expect(official?.validate({ method: 'GET', path: '/v1/rooms', ...page }).violations).toMatchObject([
      { rule: 'content' },
    ]);
  });

  it('leaves free-form objects alone', () => {
    const action = {
      id: id('ATTACHMENT_ACTION'),
      personId: id('PEOPLE'),
      roomId: id('ROOM'),
      type: 'submit',
      messageId: id('MESSAGE'),
      inputs: { Name: 5, choice: ['a'] },
      created,
    };
    expect(judge('GET', '/v1/attachment/actions/Y2lz', 200, action)).toEqual([]);
  });

  it('prefers fixed path segments', () => {
    const validated = official?.validate({
      method: 'GET',
      path: '/v1/messages/direct',
      status: 200,
      body: {},
    });
    expect(validated?.violations[0]?.operation).toBe('GET /messages/direct');
    expect(
      official?.validate({ method: 'GET', path: '/v1/people/me', status: 200, body: {} }).violations[0]
        ?.operation,
    ).toBe('GET /people/me');
  });

  it('knows every operation once and has a description of each of tier 1 and 2', () => {
    const rows = official?.operations() ?? [];
    expect(new Set(rows.map((row) => `${row.method} ${row.path}`)).size).toBe(rows.length);
    const described = rows.filter((row) => row.tier <= 2 && !row.spec.startsWith('extra'));
    expect(described.length).toBeGreaterThanOrEqual(140);
    for (const { method, path } of described) {
      expect(official?.validate({ method, path: `/v1${path}`, status: 500, body: error })).toEqual({
        matched: true,
        violations: [],
      });
    }
  });

  it('accepts the official examples, but for the listed ones', () => {
    const formKeys = new Set<string>();
    const examples = specNames.flatMap(examplesOf);
    for (const { name, method, path, status, body } of examples) {
      const violations = judge(method, path, status, body);
      const structural = violations.filter((violation) => violation.rule !== 'format');
      for (const { rule, pointer } of violations) {
        const key = pointer.split('/').findLast((part) => !/^\d+$/.test(part));
        if (rule === 'format' && key) formKeys.add(key);
      }
      if (name in exampleDefects) expect(structural, name).not.toEqual([]);
      else expect(structural, name).toEqual([]);
    }
    expect(examples.length).toBeGreaterThan(120);
    expect([...formKeys].sort()).toEqual(Object.keys(exampleFormDefects).sort());
  });

  it('lists only additions to schemas that exist, each once and with its source', () => {
    const documents = specNames.map((name) => readSpecDocument(specsFolder() ?? '', name));
    const names = new Set(documents.flatMap((document) => Object.keys(document.components.schemas)));
    const operations = new Set(official?.operations().map(({ method, path }) => `${method} ${path}`));
    for (const { schema, key, source } of allowedAdditions) {
      const root = schema.replace(/\..*$/, '');
      expect(names.has(root) || operations.has(root.replace(/ \d+$/, '')), schema).toBe(true);
      if (key.startsWith('@')) expect(names).toContain(key.slice(1));
      expect(source).toMatch(/^(documented|as-observed|decided): /);
    }
    expect(new Set(allowedAdditions.map(({ schema, key }) => `${schema} ${key}`)).size).toBe(
      allowedAdditions.length,
    );
  });
});
