import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientProcess, type Sight, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const folder = 'webex-js-sdk';

describe('webex 2.60.4 in Node', { timeout: 60_000 }, () => {
  let server: RunningServer;
  /** All that the SDK is told of the server. */
  let found: { U2C_SERVICE_URL: string; HYDRA_SERVICE_URL: string };

  beforeAll(async () => {
    server = await startServer();
    found = {
      U2C_SERVICE_URL: `${server.baseUrl}/u2c/api/v1`,
      HYDRA_SERVICE_URL: `${server.baseUrl}/v1`,
    };
  }, 150_000);

  afterAll(async () => {
    await server?.stop();
  }, 120_000);

  const ben = () => server.api('ben');
  const uuidOf = (id: string) => Buffer.from(id, 'base64').toString().split('/').at(-1);

  describe('listens to all that it offers, over several pings', () => {
    let listener: ClientProcess;
    let roomId: string;
    let messageId: string;

    beforeAll(async () => {
      const pings = { MERCURY_PING_INTERVAL: '400', MERCURY_PONG_TIMEOUT: '3000' };
      listener = startClient(folder, 'listen.mjs', { ...found, ...pings, TOKEN: server.token('dora') });
      await listener.next('listening');
    }, 120_000);

    afterAll(async () => {
      const sights = await listener.stop();
      const trouble = sights.filter(({ step }) => ['offline', 'unhandledRejection'].includes(step));
      expect(trouble.filter(({ code }) => code !== 1000 && code !== 1005)).toEqual([]);
    }, 120_000);

    it('hears of a room that it is put into, and of who else is', async () => {
      const room = await ben().post('/rooms', { title: 'Over sockets' });
      roomId = room.body.id;
      const added = await ben().post('/memberships', { roomId, personEmail: server.account('dora').email });
      const heard = await listener.next('memberships:created');
      expect(heard.data).toMatchObject({ id: added.body.id, roomId, personEmail: 'dora@acme.test' });
      await ben().post('/memberships', { roomId, personEmail: server.account('emil').email });
      expect((await listener.next('memberships:created')).data).toMatchObject({
        personEmail: 'emil@acme.test',
        isModerator: false,
      });
    });

    it('hears of a message, by its REST body', async () => {
      const sent = await ben().post('/messages', { roomId, markdown: 'Hello **all**' });
      messageId = sent.body.id;
      const heard = await listener.next('messages:created');
      expect(heard.data).toMatchObject({ id: messageId, roomId, markdown: 'Hello **all**' });
      expect(uuidOf(heard.actorId)).toBe(uuidOf((await ben().get('/people/me')).body.id));
    });

    it('hears of its own room, which the creation of it tells once', async () => {
      const room = await server.api('dora').post('/rooms', { title: 'Her own' });
      const heard = await listener.next('rooms:created');
      expect(heard.data).toMatchObject({ id: room.body.id, type: 'group', isLocked: false });
      expect((await listener.next('memberships:created')).data).toMatchObject({ roomId: room.body.id });
    });

    it('hears of changes of a room and of its moderators', async () => {
      await ben().put(`/rooms/${roomId}`, { title: 'Renamed' });
      expect((await listener.next('rooms:updated')).data).toMatchObject({ id: roomId });
      const { body } = await ben().get(`/memberships?roomId=${roomId}&personEmail=ben@acme.test`);
      await ben().put(`/memberships/${body.items[0].id}`, { isModerator: true });
      expect((await listener.next('memberships:updated')).data).toMatchObject({ isModerator: true });
    });

    it('hears what is submitted on a card', async () => {
      const card = { type: 'AdaptiveCard', version: '1.3', body: [{ type: 'Input.Text', id: 'dish' }] };
      const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
      const posted = await server.api('dora').post('/messages', { roomId, text: 'Lunch?', attachments });
      expect((await listener.next('messages:created')).data.id).toBe(posted.body.id);
      await ben().post('/attachment/actions', {
        type: 'submit',
        messageId: posted.body.id,
        inputs: { dish: 'soup' },
      });
      const heard = await listener.next('attachmentActions:created');
      expect(heard.data).toMatchObject({ messageId: posted.body.id, inputs: { dish: 'soup' } });
    });

    it('hears of an edit as no new message, of a deletion, and of who goes', async () => {
      await ben().put(`/messages/${messageId}`, { roomId, text: 'Hello again' });
      await ben().delete(`/messages/${messageId}`);
      expect((await listener.next('messages:deleted')).data).toMatchObject({ id: messageId, roomId });
      const { body } = await ben().get(`/memberships?roomId=${roomId}&personEmail=dora@acme.test`);
      await ben().delete(`/memberships/${body.items[0].id}`);
      expect((await listener.next('memberships:deleted')).data).toMatchObject({ id: body.items[0].id });
      await ben().post('/messages', { roomId, text: 'She is gone' });
      const after = await ben().post('/messages', { toPersonEmail: 'dora@acme.test', text: 'Bye' });
      expect((await listener.next('messages:created')).data.id).toBe(after.body.id);
    });
  });

  it('registers, is refused the 101st time, and gets the place that is freed (F3, F4, F5)', async () => {
    const environment = {
      ...found,
      TOKEN: server.token('emil'),
      OTHER_TOKEN: server.token('ben'),
      LIMIT: '100',
    };
    const sights = await startClient(folder, 'registrations.mjs', environment).finished();
    const saw = sawIn(sights);
    expect(saw('registered')).toMatchObject({ isConnected: true });
    expect(saw('refused')).toMatchObject({
      status: 403,
      body: {
        message: 'User has excessive device registrations',
        errors: [{ description: 'Device limit exceeded for participant' }],
      },
    });
    expect(sights.map(({ step }) => step)).toContain('other registered');
    expect(sights.map(({ step }) => step)).toContain('registered again');
  });

  it('signs in by a code, and refreshes a token that was revoked', async () => {
    const { clientId, clientSecret, redirectUris } = server.integration('webapp');
    const sights = await startClient(folder, 'oauth.mjs', {
      ...found,
      BASE_URL: server.baseUrl,
      LAB_KEY: server.labKey,
      PERSON: server.account('ben').email,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      REDIRECT_URI: redirectUris[0]!,
      SCOPE: 'spark:people_read spark:rooms_read spark:kms',
    }).finished();
    const saw = sawIn(sights);
    expect(saw('signed in').email).toBe('ben@acme.test');
    expect(saw('refreshed')).toMatchObject({ revoked: 200, email: 'ben@acme.test', isNew: true });
    expect(saw('code twice').name).toBe('InvalidGrantError');
  });

  it('talks over the encrypted conversation service: the same rows as over REST', async () => {
    const other = (await server.api('dora').get('/people/me')).body.id;
    const sights = await startClient(folder, 'conversation.mjs', {
      ...found,
      TOKEN: server.token('ben'),
      OTHER_ID: other,
    }).finished();
    const saw = sawIn(sights);
    expect(saw('key')).toMatchObject({ same: true });
    expect(saw('fetched')).toMatchObject({
      displayName: 'Over the SDK',
      texts: ['a word in private'],
      participants: 2,
    });
    expect(saw('listed').ids).toContain(saw('created').id);
    const roomId = Buffer.from(`ciscospark://us/ROOM/${saw('created').id}`).toString('base64url');
    const { body } = await server.api('dora').get(`/messages?roomId=${roomId}`);
    expect(body.items).toMatchObject([
      { text: 'bold', html: expect.stringContaining('bold') },
      { text: 'a word in private', personEmail: 'ben@acme.test' },
    ]);
    expect((await server.api('dora').get(`/rooms/${roomId}`)).body.title).toBe('Over the SDK');
    expect(saw('presence').status).toBe('active');
  });
});

function sawIn(sights: readonly Sight[]): (step: string) => Sight {
  return (step) => {
    const sight = sights.find((one) => one.step === step);
    expect(sight, `the client printed no '${step}'`).toBeDefined();
    return sight!;
  };
}
