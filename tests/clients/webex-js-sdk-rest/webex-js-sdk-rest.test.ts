import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sight, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

describe('REST plugins of the official JavaScript SDK 2.60.4', () => {
  let server: RunningServer;
  let sights: Sight[];

  beforeAll(async () => {
    server = await startServer();
    const client = startClient('webex-js-sdk-rest', 'run.mjs', {
      HYDRA_SERVICE_URL: `${server.baseUrl}/v1`,
      U2C_SERVICE_URL: `${server.baseUrl}/u2c/api/v1`,
      TOKEN: server.token('ben'),
      OTHER_TOKEN: server.token('dora'),
    });
    sights = await client.finished();
  }, 180_000);

  afterAll(async () => {
    await server?.stop();
  }, 120_000);

  function saw(step: string): Sight {
    const sight = sights.find((one) => one.step === step);
    expect(sight, `the client printed no '${step}'`).toBeDefined();
    return sight!;
  }

  it('looks people up one by one, which its batcher joins', () => {
    expect(saw('people')).toMatchObject({
      me: 'Ben Baker',
      names: ['Ada Adler', 'Rita Read', 'Emil Egger'],
      listed: ['Ada Adler', 'Rita Read', 'Emil Egger'],
      isUnknown: true,
    });
    const unhandled = sights.filter(({ step }) => step === 'unhandledRejection');
    expect(unhandled).toEqual([{ step: 'unhandledRejection', reason: saw('people').nobody }]);
  });

  it('adds, raises and lists members', async () => {
    expect(saw('memberships')).toMatchObject({ isSame: true, isModerator: true });
    expect(saw('memberships').emails.sort()).toEqual(['ben@acme.test', 'dora@acme.test']);
    const { body } = await server.api('dora').get(`/rooms/${saw('done').roomId}`);
    expect(body.title).toBe('SDK room, renamed');
  });

  it('pages with hasNext and next, edits, removes and replies', async () => {
    expect(saw('messages')).toMatchObject({
      pages: [['five', 'four'], ['three', 'two'], ['one']],
      edited: 'uno',
      updated: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      reply: {
        text: 'a reply',
        html: expect.stringContaining('<em>reply</em>'),
        parentId: saw('messages').parentId,
      },
    });
    const { body } = await server.api('dora').get(`/messages?roomId=${saw('done').roomId}`);
    const texts = body.items.map((message: Record<string, unknown>) => message.text);
    expect(texts).toEqual(['Agreed?', 'a picture', 'a reply', 'five', 'four', 'three', 'uno']);
  });

  it('uploads a file and another person downloads the same bytes', async () => {
    const picture = await readFile(new URL('pixel.png', import.meta.url));
    expect(saw('files')).toMatchObject({ isSame: true, type: 'image/png', bytes: picture.length });
    const { body } = await server.api('dora').get(`/messages/${saw('files').messageId}`);
    const content = await fetch(body.files[0], {
      headers: { authorization: `Bearer ${server.token('ben')}` },
    });
    expect(Buffer.from(await content.arrayBuffer())).toEqual(picture);
  });

  it('posts a card, which another person answers', async () => {
    const { action, actor, messageId, asPosted } = saw('cards');
    expect(asPosted).toBe(true);
    const expected = { type: 'submit', messageId, personId: actor, inputs: { agree: 'true' } };
    expect(action).toMatchObject(expected);
    expect((await server.api('ben').get(`/attachment/actions/${action.id}`)).body).toMatchObject(expected);
  });

  it('manages webhooks and teams', async () => {
    expect(saw('webhooks')).toMatchObject({ name: 'sdk, renamed', before: 1, after: 0 });
    expect(saw('teams')).toMatchObject({
      name: 'SDK team, renamed',
      isModerator: true,
      members: 2,
      membersLeft: 1,
      rooms: expect.arrayContaining(['SDK team room']),
      seenByOther: false,
    });
    const { body } = await server.api('ben').get(`/teams/${saw('teams').id}`);
    expect(body.name).toBe('SDK team, renamed');
  });

  it('gets errors as errors of its own, with status and text', () => {
    expect(saw('errors')).toMatchObject({
      notMember: { status: 404, name: 'NotFound', message: expect.stringContaining('Could not find a room') },
      twice: { status: 409, name: 'Conflict' },
      empty: { status: 400, name: 'BadRequest' },
      badToken: { status: 401, name: 'Unauthorized' },
    });
  });
});
