import { describe, expect, it } from 'vitest';
import { checkErrorBody } from './error-body.ts';
import { toJsonSchema } from './json-schema.ts';
import { PathTree } from './path-tree.ts';
import { checkDate, checkId } from './wire-formats.ts';

const uuid = '2a1c8f6e-3b7d-4e5f-9a0b-1c2d3e4f5a6b';
const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('path tree', () => {
  it('prefers fixed segments and falls back when the method is missing', () => {
    const tree = new PathTree<string>();
    tree.add('GET', '/people/{personId}', 'one');
    tree.add('PUT', '/people/{personId}', 'put');
    tree.add('GET', '/people/me', 'me');
    expect(tree.find('GET', '/people/me/?x=/a')).toBe('me');
    expect(tree.find('GET', '//people/Y2lz')).toBe('one');
    expect(tree.find('put', '/people/me')).toBe('put');
    expect(tree.find('GET', '/people')).toBeUndefined();
    expect(tree.find('GET', '/people/me/more')).toBeUndefined();
  });
});

describe('wire ids', () => {
  it('accepts the documented forms', () => {
    expect(checkId(encode(`ciscospark://us/ROOM/${uuid}`), 'ROOM')).toBeUndefined();
    expect(checkId(encode(`ciscospark://us/MEMBERSHIP/${uuid}:${uuid}`), 'MEMBERSHIP')).toBeUndefined();
    expect(checkId(encode(`ciscospark://urn:TEAM:us-east-2_a/DEVICE/${uuid}`), 'DEVICE')).toBeUndefined();
    expect(checkId(encode(`ciscospark://us/CONTENT/${uuid}/0`), '*')).toBeUndefined();
  });

  it.each([
    ['a padded id', `${encode(`ciscospark://us/ROOM/${uuid}`)}=`, 'padded'],
    ['the standard alphabet', 'Y2lz+/', 'base64url'],
    ['something else in base64url', encode('hello'), 'does not decode'],
    ['another type', encode(`ciscospark://us/TEAM/${uuid}`), 'type TEAM'],
    ['a foreign cluster', encode(`ciscospark://eu/ROOM/${uuid}`), 'cluster'],
    ['a wrong key', encode('ciscospark://us/ROOM/17'), 'key "17"'],
  ])('refuses %s', (_what, value, problem) => {
    expect(checkId(value, 'ROOM')).toContain(problem);
  });

  it('keeps people in cluster us', () => {
    expect(checkId(encode(`ciscospark://urn:TEAM:a/PEOPLE/${uuid}`), 'PEOPLE')).toContain('cluster');
  });
});

describe('wire dates', () => {
  it('wants milliseconds and Z unless told otherwise', () => {
    expect(checkDate('2026-03-01T09:00:00.000Z', 'milliseconds')).toBeUndefined();
    expect(checkDate('2026-03-01T09:00:00+00:00', 'milliseconds')).toContain('expected');
    expect(checkDate('2026-03-01T09:00:00+01:00', 'any')).toBeUndefined();
    expect(checkDate('2026-03-01', 'any')).toContain('expected');
    expect(checkDate('2026-02-01T25:00:00Z', 'any')).toContain('calendar');
  });
});

describe('error body', () => {
  it('points at each member that is missing or unknown', () => {
    const found: string[] = [];
    const body = {
      message: '',
      errors: [{ description: 'x', errorCode: '1', hint: 'x' }],
      trackingId: 'R',
      code: 1,
    };
    checkErrorBody(body, (pointer) => found.push(pointer));
    expect(found).toEqual(['/message', '/code', '/errors/0/errorCode', '/errors/0/hint']);
  });
});

describe('conversion to JSON Schema', () => {
  it('turns nullable into a type, drops examples and adds required properties', () => {
    const schema = {
      type: 'object',
      properties: {
        example: { type: 'string', nullable: true, enum: ['a'], example: 'a' },
        owner: { $ref: '#/components/schemas/Person' },
      },
    };
    expect(toJsonSchema(schema, 'Room', { spec: 'messaging', overlay: { Room: ['owner'] } })).toEqual({
      type: 'object',
      properties: {
        example: { type: ['string', 'null'], enum: ['a', null] },
        owner: { $ref: 'messaging#/components/schemas/Person' },
      },
      required: ['owner'],
    });
  });
});
