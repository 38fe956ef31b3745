import { attachmentActions, messages } from '@moothall/platform';
import type { StoredEvent } from '@moothall/store';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roomOf, type TestRoom } from './test-support.ts';

let kit: TestPlatform;
let ada: TestPerson;
let bot: TestPerson;
let room: TestRoom;
const { filters, mayHear, present } = messages.webhook!;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  bot = await kit.addBot('Echo');
  room = await roomOf(kit, ada, bot);
});
afterAll(() => kit.close());

const lastEvent = async () => (await kit.events()).at(-1)! as unknown as StoredEvent;
const listenerOf = (person: TestPerson) => ({
  personId: person.id,
  orgId: person.orgId,
  type: 'person' as const,
  orgWide: false,
});
async function passes(
  name: string,
  text: string,
  event: StoredEvent,
  listener = ada,
): Promise<boolean | undefined> {
  const value = await filters[name]!.parse(text, listenerOf(listener), kit.world);
  return value === undefined ? undefined : filters[name]!.matches(event.data, value);
}

describe('messages as webhooks', () => {
  it('tell all but the content', async () => {
    const form = new FormData();
    form.set('roomId', room.id);
    form.set('markdown', `**secret** <@personId:${bot.id}> <@all>`);
    form.set('files', new Blob(['x']), 'x.txt');
    const sent = (await ada.api.post('/messages', form)).body;
    const { text, markdown, html, ...rest } = sent;
    expect([text, markdown, html].every((words) => words.includes('secret'))).toBe(true);
    expect(present(await lastEvent(), kit.baseUrl)).toEqual(rest);
  });

  it('of a deletion tell which message of whom, where', async () => {
    const sent = (await ada.api.post('/messages', { roomId: room.id, markdown: `<@personId:${bot.id}>` }))
      .body;
    await ada.api.delete(`/messages/${sent.id}`);
    const event = await lastEvent();
    const { id, roomId, roomType, personId, personEmail } = sent;
    expect(present(event, kit.baseUrl)).toEqual({ id, roomId, roomType, personId, personEmail });
    expect(mayHear!(event, { personId: bot.id, type: 'bot' })).toBe(true);
  });

  it('reach bots when they are mentioned or are the author', async () => {
    const other = { personId: 'other', type: 'bot' as const };
    await ada.api.post('/messages', { roomId: room.id, markdown: `<@personId:${bot.id}>` });
    const mentioning = await lastEvent();
    expect(mayHear!(mentioning, { personId: bot.id, type: 'bot' })).toBe(true);
    expect(mayHear!(mentioning, other)).toBe(false);
    await bot.api.post('/messages', { roomId: room.id, text: 'own' });
    expect(mayHear!(await lastEvent(), { personId: bot.id, type: 'bot' })).toBe(true);
    await ada.api.post('/messages', { roomId: room.id, markdown: '<@all>' });
    const all = await lastEvent();
    expect(mayHear!(all, { personId: bot.id, type: 'bot' })).toBe(false);
    expect(mayHear!(all, { personId: 'other', type: 'person' })).toBe(true);
    await ada.api.post('/messages', { toPersonId: bot.id, text: 'direct' });
    expect(mayHear!(await lastEvent(), { personId: bot.id, type: 'bot' })).toBe(true);
  });

  it('are filtered by what they are', async () => {
    await ada.api.post('/messages', { roomId: room.id, markdown: `<@personId:${ada.id}>` });
    const event = await lastEvent();
    expect(await passes('roomId', room.id, event)).toBe(true);
    expect(await passes('roomId', 'x', event)).toBeUndefined();
    expect(await passes('roomType', 'group', event)).toBe(true);
    expect(await passes('roomType', 'direct', event)).toBe(false);
    expect(await passes('personId', ada.wireId, event)).toBe(true);
    expect(await passes('personEmail', ada.email.toUpperCase(), event)).toBe(true);
    expect(await passes('mentionedPeople', 'me', event)).toBe(true);
    expect(await passes('mentionedPeople', `${bot.wireId},${ada.wireId}`, event)).toBe(true);
    expect(await passes('mentionedPeople', bot.wireId, event)).toBe(false);
    expect(await passes('hasFiles', 'TRUE', event)).toBe(false);
    expect(await passes('hasAttachments', 'false', event)).toBe(true);
  });

  it('of cards have filters of their own', () => {
    expect(Object.keys(attachmentActions.webhook!.filters)).toEqual(['messageId', 'personId', 'roomId']);
  });
});
