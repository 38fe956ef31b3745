import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roomOf, type TestRoom } from './test-support.ts';

const TYPE = 'application/vnd.microsoft.card.adaptive';
let kit: TestPlatform;
let ada: TestPerson;
let room: TestRoom;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  room = await roomOf(kit, ada);
});
afterAll(() => kit.close());

const cardOf = (content: object = {}) => ({
  contentType: TYPE,
  content: { type: 'AdaptiveCard', version: '1.3', body: [], ...content },
});
const post = (attachments: unknown, more: object = { text: 'fallback' }) =>
  ada.api.post('/messages', { roomId: room.id, attachments, ...more });
const notesOf = async (text: string) =>
  (
    await kit.world.store.pool.query<{ notes: string[] | null }>(
      'select card_notes as notes from message where text = $1',
      [text],
    )
  ).rows[0]!.notes;

describe('cards', () => {
  it('come back as they were posted', async () => {
    const card = cardOf({
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      body: [
        { type: 'TextBlock', text: 'Naïve \u{1f600} <b> & "quotes"', wrap: true, spacing: null },
        {
          type: 'Input.Text',
          id: 'a',
          isRequired: true,
          regex: '^\\d+$',
          label: 'n',
          errorMessage: 'digits',
        },
      ],
      actions: [
        {
          type: 'Action.Submit',
          data: { nested: [1, 2.5, -3e-7, true, null, { deep: {} }], type: 'anything' },
        },
      ],
    });
    const sent = await post([{ ...card, contentUrl: null }]);
    expect(sent.status).toBe(200);
    expect(sent.body.attachments).toEqual([card]);
    const { body: read } = await ada.api.get(`/messages/${sent.body.id}`);
    expect(JSON.stringify(read.attachments[0].content)).toBe(JSON.stringify(card.content));
    expect((await kit.events()).at(-1)!.data).toMatchObject({ hasAttachments: true });
    expect(await notesOf('fallback')).toBeNull();
  });

  it('come as JSON text in forms', async () => {
    const form = new FormData();
    form.set('roomId', room.id);
    form.set('text', 'form');
    form.set('attachments', JSON.stringify([cardOf()]));
    expect((await ada.api.post('/messages', form)).body.attachments).toEqual([cardOf()]);
    for (const text of [
      '[{',
      '"x"',
      '5',
      '[5]',
      '[[]]',
      '[{"contentType":"\\u0000"}]',
      `${'['.repeat(500)}${']'.repeat(500)}`,
    ]) {
      form.set('attachments', text);
      expect((await ada.api.post('/messages', form)).status).toBe(400);
    }
    form.set('attachments', '[{');
    expect((await ada.api.post('/messages', form)).body.message).toMatch(
      /^The request body is not valid JSON: attachments: /,
    );
  });

  it('beyond version 1.3 are accepted and noted, not on the wire', async () => {
    const card = cardOf({
      version: '1.5',
      refresh: {},
      body: [{ type: 'Table', rows: [] }],
      actions: Array.from({ length: 6 }, () => ({ type: 'Action.Execute' })),
    });
    const sent = await post([card], { text: 'noted' });
    expect(sent.body.attachments).toEqual([card]);
    expect(sent.body).not.toHaveProperty('cardNotes');
    expect(await notesOf('noted')).toEqual([
      'version 1.5 is beyond 1.3',
      'only the first 5 of 6 actions are shown',
      "'refresh' is beyond 1.3 and has no effect",
      "'Table' is not an element of 1.3",
      "'Action.Execute' is not an element of 1.3",
    ]);
  });

  it.each([
    ['no list', cardOf(), 'attachments: give a list with one object of contentType and content.'],
    ['two', [cardOf(), cardOf()], 'attachments: a message takes 1 card at most'],
    ['no object', ['x'], 'attachments: each entry is an object'],
    [
      'another type',
      [{ ...cardOf(), contentType: 'text/html' }],
      `attachments: contentType must be ${TYPE}.`,
    ],
    ['no content', [{ contentType: TYPE }], 'attachments: content must be a JSON object.'],
    [
      'a list as content',
      [{ contentType: TYPE, content: [] }],
      'attachments: content must be a JSON object.',
    ],
    [
      'no card',
      [{ contentType: TYPE, content: { type: 'Container' } }],
      "attachments: content.type must be 'AdaptiveCard'.",
    ],
    ['too large', [cardOf({ fallbackText: 'x'.repeat(22_528) })], 'attachments: the card has 22'],
  ])('are refused: %s', async (_what, attachments, message) => {
    const reply = await post(attachments);
    expect(reply.status).toBe(400);
    expect(reply.body.message.startsWith(message)).toBe(true);
  });

  it('need words beside them, and numbers that JSON can carry on', async () => {
    expect((await post([cardOf()], {})).body.message).toContain('a card needs text or markdown');
    const body = `{"roomId":"${room.id}","text":"x","attachments":[{"contentType":"${TYPE}","content":{"type":"AdaptiveCard","x":1e999}}]}`;
    const reply = await ada.api.request('POST', '/messages', body, { 'content-type': 'application/json' });
    expect([reply.status, reply.body.message]).toEqual([
      400,
      'attachments: a number in the card is too large.',
    ]);
  });

  it('keep keys that mean something to the language', async () => {
    const body = `{"roomId":"${room.id}","text":"x","attachments":[{"contentType":"${TYPE}","content":{"type":"AdaptiveCard","__proto__":{"a":1},"constructor":"c"}}]}`;
    const reply = await ada.api.request('POST', '/messages', body, { 'content-type': 'application/json' });
    expect(reply.status).toBe(200);
    const shown = await ada.api.get(`/messages/${reply.body.id}`);
    expect(shown.text).toContain('"__proto__"');
    expect(shown.text).toContain('"constructor"');
  });
});
