import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClientProcess, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

describe('webex-node-bot-framework 2.3.14 in socket mode', { timeout: 60_000 }, () => {
  let server: RunningServer;
  let bot: ClientProcess;
  let roomId: string;
  let botId: string;

  beforeAll(async () => {
    server = await startServer();
    bot = startClient('webex-node-bot-framework', 'socket-bot.mjs', {
      HYDRA_SERVICE_URL: `${server.baseUrl}/v1`,
      U2C_SERVICE_URL: `${server.baseUrl}/u2c/api/v1`,
      MERCURY_PING_INTERVAL: '500',
      MERCURY_PONG_TIMEOUT: '400',
      TOKEN: server.token('echo'),
    });
    botId = (await server.api('echo').get('/people/me')).body.id;
    await bot.next('initialized');
  }, 180_000);

  afterAll(async () => {
    const sights = await bot.stop();
    expect(sights.filter(({ step }) => step === 'unhandledRejection')).toEqual([]);
    await server.stop();
  }, 120_000);

  const ben = () => server.api('ben');
  const say = (markdown: string) =>
    ben().post('/messages', { roomId, markdown: `<@personId:${botId}|Echo> ${markdown}` });

  it('spawns in the space that it is added to', async () => {
    roomId = (await ben().post('/rooms', { title: 'Cellar' })).body.id;
    await ben().post('/memberships', { roomId, personEmail: 'echo@webex.bot' });
    expect(await bot.next('spawn')).toMatchObject({ title: 'Cellar' });
  });

  it('hears each mention once and nothing else, in order', async () => {
    await ben().post('/messages', { roomId, text: 'repeat nobody is mentioned' });
    const ids: string[] = [];
    for (const word of ['one', 'two', 'three']) ids.push((await say(`repeat ${word}`)).body.id);
    const heard = [];
    for (let count = 0; count < 3; count++) heard.push((await bot.next('hears')).id);
    expect(heard).toEqual(ids);
    await vi.waitFor(
      async () => {
        const { body } = await ben().get(`/messages?roomId=${roomId}&max=3`);
        const texts = body.items.map(({ text }: { text: string }) => text);
        expect(texts.sort()).toEqual(['one', 'three', 'two']);
      },
      { timeout: 30_000, interval: 50 },
    );
  });

  it('sees who comes and goes, and what is submitted on its card', async () => {
    await ben().post('/memberships', { roomId, personEmail: 'dora@acme.test' });
    expect(await bot.next('memberEnters')).toMatchObject({ personEmail: 'dora@acme.test' });
    await say('card');
    const card = await vi.waitFor(
      async () => {
        const { body } = await ben().get(`/messages?roomId=${roomId}&max=1`);
        expect(body.items[0].attachments).toHaveLength(1);
        return body.items[0];
      },
      { timeout: 30_000, interval: 50 },
    );
    await ben().post('/attachment/actions', { type: 'submit', messageId: card.id, inputs: { dish: 'pie' } });
    expect((await bot.next('attachmentAction')).inputs).toMatchObject({ dish: 'pie' });
  });

  it('despawns when it is removed', async () => {
    const { body } = await ben().get(`/memberships?roomId=${roomId}&personEmail=echo@webex.bot`);
    await ben().delete(`/memberships/${body.items[0].id}`);
    expect(await bot.next('despawn')).toMatchObject({ roomId });
  });
});
