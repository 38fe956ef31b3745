import { operation } from '@moothall/contract';
import { defineErrors } from '@moothall/core';
import type { SeenExchange, SeenReply } from '@moothall/testkit/listeners';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadOfficial } from '../official-schemas.ts';
import { judgeExchange, judgeReply } from './judge.ts';

const errors = defineErrors({
  'hall.full': { status: 409, message: 'The hall is full.', source: 'decided' },
});
const enter = operation({
  id: 'halls.enter',
  method: 'POST',
  path: '/halls/{hallId}',
  summary: 'Enter a hall',
  params: z.object({ hallId: z.string() }),
  errors: [errors['hall.full']],
  source: 'decided',
  coverage: { status: 'done', testedBy: [] },
});

const conversation = { requestHeaders: {}, responseHeaders: {} };

function exchange(status: number, cause?: string): SeenExchange {
  const trace = { trackingId: 't', steps: [], ...(cause && { cause }) };
  return {
    trace,
    operation: enter,
    method: 'POST',
    path: '/v1/halls/1?x=1',
    status,
    durationMs: 1,
    conversation,
  };
}

function reply(path: string, status: number, body: unknown, trackingid = 'ROUTER_1'): SeenReply {
  const headers = new Headers({ trackingid, 'content-type': 'application/json;charset=UTF-8' });
  return { method: 'GET', path, reply: { status, headers, body, text: JSON.stringify(body) } };
}

describe('an exchange', () => {
  it.each<[number, string | undefined]>([
    [204, undefined],
    [409, 'hall.full'],
    [400, 'request.invalid'],
    [503, 'server.busy'],
    [429, 'fault.injected'],
  ])('may end with %i %s', (status, cause) => expect(judgeExchange(exchange(status, cause))).toEqual([]));

  it.each<[number, string | undefined]>([
    [200, undefined],
    [409, 'hall.locked'],
    [403, 'hall.full'],
    [500, 'server.failed'],
    [415, 'content_type.not_supported'],
    [401, 'auth.token_required'],
  ])('may not end with %i %s, which it does not declare', (status, cause) =>
    expect(judgeExchange(exchange(status, cause))).toHaveLength(1),
  );
});

describe('a reply', () => {
  const refusal = { message: 'No.', errors: [{ description: 'No.' }], trackingId: 'ROUTER_1' };

  it.each<[string, unknown]>([
    ['without message', { ...refusal, message: '' }],
    ['without errors', { ...refusal, errors: [] }],
    ['without a description', { ...refusal, errors: [{}] }],
    ['with another tracking id than its header', { ...refusal, trackingId: 'ROUTER_2' }],
    ['that is no object', 'No.'],
  ])('is no refusal %s', (_what, body) => {
    expect(judgeReply(reply('/v1/elsewhere', 404, body)).length).toBeGreaterThan(0);
    expect(judgeReply(reply('/v1/elsewhere', 404, refusal))).toEqual([]);
  });

  it.skipIf(!loadOfficial())('is held against the official schemas (needs them: ../shared/specs)', () => {
    expect(judgeReply(reply('/v1/rooms', 200, { items: [] }))).toEqual([]);
    const problems = judgeReply(reply('/v1/rooms', 200, { items: [], hall: 1 }));
    expect(problems.join()).toContain('official GET /rooms /hall: is unknown');
  });
});
