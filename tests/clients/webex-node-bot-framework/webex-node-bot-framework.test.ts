import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClientProcess, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const patienceMs = { timeout: 30_000, interval: 50 };

describe('webex-node-bot-framework 2.3.14 in webhook mode', { timeout: 60_000 }, () => {
  let server: RunningServer;
  let bot: ClientProcess;
  let roomId: string;
  let botId: string;

  beforeAll(async () => {
    server = await startServer();
    bot = startClient('webex-node-bot-framework', 'bot.mjs', {
      HYDRA_SERVICE_URL: `${server.baseUrl}/v1`,
      U2C_SERVICE_URL: `${server.baseUrl}/u2c/api/v1`,
      TOKEN: server.token('echo'),
      WEBHOOK_SECRET: 'between us',
    });
    botId = (await server.api('echo').get('/people/me')).body.id;
  }, 150_000);

  afterAll(async () => {
    await bot?.stop().catch(() => {});
    await server?.stop();
  }, 120_000);

  const ben = () => server.api('ben');

  async function say(markdown: string): Promise<{ id: string }> {
    const sent = await ben().post('/messages', {
      roomId,
      markdown: `<@personId:${botId}|Echo> ${markdown}`,
    });
    expect(sent.status).toBe(200);
    return sent.body;
  }

  /** The newest message of the bot in a room, once it satisfies `check`. */
  async function answer(check: (message: Record<string, unknown>) => void, room = roomId) {
    return vi.waitFor(async () => {
      const { body } = await ben().get(`/messages?roomId=${room}&max=1`);
      expect(body.items[0]).toMatchObject({ personEmail: server.account('echo').email });
      check(body.items[0]);
      return body.items[0];
    }, patienceMs);
  }

  it('starts: registers its two webhooks', async () => {
    expect(await bot.next('initialized')).toMatchObject({ bots: 0 });
    await vi.waitFor(async () => {
      const { body } = await server.api('echo').get('/webhooks');
      const made = body.items.map((hook: Record<string, string>) => `${hook.resource} ${hook.event}`);
      expect(made.sort()).toEqual(['all all', 'attachmentActions created']);
    }, patienceMs);
  });

  it('spawns in a group space that it is added to, and knows who added it', async () => {
    const room = await ben().post('/rooms', { title: 'Kitchen' });
    roomId = room.body.id;
    const added = await ben().post('/memberships', { roomId, personEmail: 'echo@webex.bot' });
    expect(added.status).toBe(200);
    const me = await ben().get('/people/me');
    expect(await bot.next('spawn')).toMatchObject({ title: 'Kitchen', type: 'group', addedBy: me.body.id });
  });

  it('hears a mention and answers in its thread', async () => {
    const { id } = await say('hello there');
    expect(await bot.next('mentioned')).toMatchObject({ text: 'Echo hello there', roomType: 'group' });
    expect(await bot.next('hears')).toMatchObject({ person: 'Ben Baker', args: ['hello', 'there'] });
    await answer((message) =>
      expect(message).toMatchObject({
        parentId: id,
        text: 'Hello Ben Baker',
        html: expect.stringContaining('<strong>Ben Baker</strong>'),
      }),
    );
  });

  it('does not see what is said without a mention', async () => {
    await ben().post('/messages', { roomId, text: 'hello, but not to the bot' });
    await say('gibberish');
    expect((await bot.next('mentioned')).text).toBe('Echo gibberish');
    await answer((message) => expect(message).toMatchObject({ text: 'I did not understand that.' }));
  });

  it('posts a card and takes the answer to it', async () => {
    await say('lunch');
    const posted = await answer((message) =>
      expect(message).toMatchObject({
        text: 'Lunch? Your client shows no cards.',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: { type: 'AdaptiveCard', body: [{ text: 'Lunch?' }, { id: 'dish' }] },
          },
        ],
      }),
    );
    const submitted = await ben().post('/attachment/actions', {
      type: 'submit',
      messageId: posted.id,
      inputs: { dish: 'Soup', order: 'lunch' },
    });
    expect(submitted.status).toBe(200);
    expect(await bot.next('attachmentAction')).toMatchObject({
      inputs: { dish: 'Soup', order: 'lunch' },
      person: 'Ben Baker',
    });
    await answer((message) =>
      expect(message).toMatchObject({ parentId: posted.id, text: 'Soup is on its way' }),
    );
  });

  it('sends a file', async () => {
    await say('report');
    const sent = await answer((message) => expect(message.files).toHaveLength(1));
    const content = await fetch(sent.files[0], {
      headers: { authorization: `Bearer ${server.token('ben')}` },
    });
    expect(content.headers.get('content-disposition')).toContain('report.csv');
    expect(await content.text()).toBe('quarter,orders\nQ1,12\nQ2,30\n');
  });

  it('is told of files, deletions, renames, and of who comes and goes', async () => {
    const form = new FormData();
    form.set('roomId', roomId);
    form.set('markdown', `<@personId:${botId}|Echo> see this`);
    form.set('files', new Blob(['notes'], { type: 'text/plain' }), 'notes.txt');
    const sent = await ben().post('/messages', form);
    expect(await bot.next('files')).toMatchObject({ files: sent.body.files });
    await ben().delete(`/messages/${sent.body.id}`);
    expect(await bot.next('messageDeleted')).toMatchObject({ id: sent.body.id });
    await ben().put(`/rooms/${roomId}`, { title: 'Canteen' });
    expect(await bot.next('roomRenamed')).toMatchObject({ title: 'Canteen' });
    const dora = await ben().post('/memberships', { roomId, personEmail: 'dora@acme.test' });
    expect(await bot.next('memberEnters')).toMatchObject({ personEmail: 'dora@acme.test' });
    await ben().delete(`/memberships/${dora.body.id}`);
    expect(await bot.next('memberExits')).toMatchObject({ personEmail: 'dora@acme.test' });
  });

  it('talks to a person alone, whoever begins', async () => {
    await say('whisper');
    expect(await bot.next('spawn')).toMatchObject({ type: 'direct', isDirectTo: 'ben@acme.test' });
    const direct = await vi.waitFor(async () => {
      const { body } = await ben().get('/messages/direct?personEmail=echo@webex.bot');
      expect(body.items[0]).toMatchObject({ text: 'for you only', roomType: 'direct' });
      return body.items[0];
    }, patienceMs);
    await ben().post('/messages', { toPersonEmail: 'echo@webex.bot', text: 'hello' });
    expect(await bot.next('hears')).toMatchObject({ person: 'Ben Baker', roomType: 'direct' });
    await answer((message) => expect(message).toMatchObject({ text: 'Hello Ben Baker' }), direct.roomId);
  });

  it('leaves a space by itself, and despawns there', async () => {
    const other = await ben().post('/rooms', { title: 'Short stay' });
    await ben().post('/memberships', { roomId: other.body.id, personId: botId });
    expect(await bot.next('spawn')).toMatchObject({ title: 'Short stay' });
    await ben().post('/messages', { roomId: other.body.id, markdown: `<@personId:${botId}|Echo> leave` });
    expect(await bot.next('despawn')).toMatchObject({ roomId: other.body.id, removedBy: botId });
    const { body } = await ben().get(`/memberships?roomId=${other.body.id}`);
    expect(body.items).toHaveLength(1);
  });

  it('despawns when it is removed', async () => {
    const { body } = await ben().get(`/memberships?roomId=${roomId}&personId=${botId}`);
    expect((await ben().delete(`/memberships/${body.items[0].id}`)).status).toBe(204);
    expect(await bot.next('despawn')).toMatchObject({ roomId });
    expect((await server.api('echo').get(`/rooms/${roomId}`)).status).toBe(404);
  });

  it('takes its webhooks away when it stops', async () => {
    await bot.stop();
    const { body } = await server.api('echo').get('/webhooks');
    expect(body.items).toEqual([]);
  });
});
