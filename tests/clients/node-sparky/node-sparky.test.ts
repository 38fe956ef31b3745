import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientProcess, type Sight, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const file = fileURLToPath(new URL('pixel.png', import.meta.url));

describe('node-sparky 4.6.0', () => {
  let server: RunningServer;
  let client: ClientProcess;
  let sights: Sight[];

  beforeAll(async () => {
    server = await startServer();
    client = startClient('node-sparky', 'run.mjs', {
      SPARKY_API_URL: `${server.baseUrl}/v1/`,
      TOKEN: server.token('ben'),
      OTHER_EMAIL: server.account('dora').email,
      FILE: file,
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

  const dora = () => server.api('dora');

  it('knows who it is and finds people', () => {
    expect(saw('me')).toMatchObject({ displayName: 'Ben Baker' });
    expect(saw('found')).toMatchObject({ displayName: 'Dora Dill', emails: ['dora@acme.test'] });
  });

  it('makes a room, renames it with the whole object, adds a member and raises them', async () => {
    expect(saw('members')).toMatchObject({ added: 'dora@acme.test', isModerator: true });
    expect(saw('members').emails.sort()).toEqual(['ben@acme.test', 'dora@acme.test']);
    const room = await dora().get(`/rooms/${saw('done').roomId}`);
    expect(room.body).toMatchObject({ title: 'Sparky room, renamed', type: 'group' });
  });

  it('follows Link from page to page, newest first, and stops where it was told', async () => {
    expect(saw('pages')).toMatchObject({
      all: ['five', 'four', 'three', 'two', 'one'],
      newest: ['five', 'four', 'three'],
    });
    const { body } = await dora().get(`/messages?roomId=${saw('done').roomId}`);
    const texts = body.items.map((message: Record<string, unknown>) => message.text);
    expect(texts).toEqual(['ring the bell', 'with a file', 'four', 'three', 'two', 'one']);
  });

  it('writes to a person alone in markdown', async () => {
    expect(saw('direct')).toMatchObject({ roomType: 'direct', toPersonEmail: 'dora@acme.test' });
    const { body } = await dora().get('/messages/direct?personEmail=ben@acme.test');
    expect(body.items[0]).toMatchObject({ text: 'only you', html: saw('direct').html });
  });

  it('sends a file and gets the same bytes back, with its name and type', async () => {
    expect(saw('file')).toMatchObject({ name: 'pixel.png', type: 'image/png', isSame: true });
    const content = await fetch(saw('file').url, {
      headers: { authorization: `Bearer ${server.token('dora')}` },
    });
    expect(Buffer.from(await content.arrayBuffer())).toEqual(await readFile(file));
  });

  it('takes a webhook whose HMAC it checks, and manages webhooks', () => {
    expect(saw('webhook')).toMatchObject({
      text: 'ring the bell',
      isSame: true,
      data: { roomId: saw('done').roomId, personEmail: 'ben@acme.test', roomType: 'group' },
      refusesOtherSecret: true,
      refusesOtherBody: true,
    });
    expect(saw('webhook').data).not.toHaveProperty('text');
    expect(saw('webhooks')).toMatchObject({ name: 'sparky, renamed', left: 0 });
  });

  it('makes a team with a room, adds a moderator and removes them', async () => {
    const team = saw('team');
    expect(team).toMatchObject({ name: 'Sparky team', isModerator: true, teamIdOfRoom: team.id });
    expect(team.members.sort()).toEqual(['ben@acme.test', 'dora@acme.test']);
    expect((await server.api('ben').get(`/teams/${team.id}`)).body.name).toBe('Sparky team');
    expect((await dora().get(`/teams/${team.id}`)).status).toBe(404);
  });

  it('tells errors apart', () => {
    expect(saw('errors')).toMatchObject({
      unknownRoom: '404 ERR_STATUS',
      badToken: '401 ERR_UNAUTHORIZED',
      memberTwice: '409 ERR_CONFLICT',
      badMessage: '400 ERR_REQUEST',
      adminOnly: '403 ERR_FORBIDDEN',
    });
  });
});
