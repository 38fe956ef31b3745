import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientProcess, startClient } from '../../clients/client-process.ts';
import { type RunningServer, startServer } from '../../clients/start-server.ts';
import { type SdkPage, type SdkPages, startSdkPages } from './sdk-page.ts';

const BEFORE = 40;
const AFTER = 20;
const patience = { timeout: 60_000, interval: 250 };

const uuidOf = (wireId: string) => Buffer.from(wireId, 'base64url').toString().split('/').at(-1)!;
const postsOf = (told: readonly string[]) =>
  told.filter((line) => line.startsWith('post ')).map((line) => line.split(' ')[1]!);

describe('a server that is killed in the middle of traffic', { timeout: 150_000 }, () => {
  let server: RunningServer;
  let pages: SdkPages;
  let page: SdkPage;
  let node: ClientProcess;
  let bot: ClientProcess;
  let roomId: string;
  let mention: string;
  /** Messages that were answered, oldest first. */
  const posted: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    pages = await startSdkPages();
    const found = {
      U2C_SERVICE_URL: `${server.baseUrl}/u2c/api/v1`,
      HYDRA_SERVICE_URL: `${server.baseUrl}/v1`,
      // The SDK compares these as text.
      MERCURY_BACKOFF_TIME_RESET: '1000',
      MERCURY_BACKOFF_TIME_MAX: '4000',
    };
    const me = (await server.api('echo').get('/people/me')).body.id;
    mention = `<@personId:${me}|Echo>`;
    roomId = (await server.api('ben').post('/rooms', { title: 'Through a crash' })).body.id;
    for (const email of ['dora@acme.test', 'emil@acme.test', 'echo@webex.bot'])
      await server.api('ben').post('/memberships', { roomId, personEmail: email });
    node = startClient('webex-js-sdk', 'listen.mjs', { ...found, TOKEN: server.token('dora') });
    bot = startClient('webex-node-bot-framework', 'socket-bot.mjs', {
      ...found,
      TOKEN: server.token('echo'),
    });
    page = await pages.open();
    await page.connect(server.baseUrl, server.token('emil'));
    await page.listen();
    await node.next('listening');
    await bot.next('initialized');
  }, 180_000);

  afterAll(async () => {
    await pages?.close();
    await node?.stop().catch(() => {});
    await bot?.stop().catch(() => {});
    await server?.stop();
  }, 120_000);

  /** Posts until it is answered, which the kill may delay. */
  async function post(): Promise<string | undefined> {
    const text = `${mention} count ${posted.length}`;
    const sent = await server
      .api('ben')
      .post('/messages', { roomId, markdown: text })
      .catch(() => undefined);
    if (sent?.status === 200) posted.push(sent.body.id);
    return sent?.body.id;
  }

  const heardBy = {
    node: async () => node.seen('messages:created').map(({ data }) => data.id as string),
    bot: async () => bot.seen('counted').map(({ id }) => id as string),
    page: async () =>
      (await page.heard())
        .filter((line) => line.startsWith('messages:created'))
        .map((line) => line.split(' ')[1]!),
  };

  /** Messages in the order in which each socket told them. */
  const toldTo = {
    node: async () => postsOf(node.seen('activity').map(({ verb, id }) => `${verb} ${id}`)),
    bot: async () => postsOf(bot.seen('activity').map(({ verb, id }) => `${verb} ${id}`)),
    page: async () => postsOf(await page.told()),
  };

  it('is heard again by each listener, in order and nothing twice', async () => {
    for (let count = 0; count < BEFORE; count++) await post();
    for (const heard of Object.values(heardBy))
      await expect.poll(async () => (await heard()).length, patience).toBe(BEFORE);
    const restarted = server.restart();
    let isUp = false;
    void restarted.then(() => {
      isUp = true;
    });
    while (!isUp) {
      await post();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await restarted;
    // Each has a socket again once it hears something that was posted after the crash.
    const since = posted.length;
    for (const heard of Object.values(heardBy)) {
      const isBack = async () => {
        await post();
        await new Promise((resolve) => setTimeout(resolve, 100));
        return (await heard()).some((id) => posted.indexOf(id) >= since);
      };
      await expect.poll(isBack, patience).toBe(true);
    }
    const from = posted.length;
    for (let count = 0; count < AFTER; count++) await post();
    const last = posted.slice(from);
    for (const [name, heard] of Object.entries(heardBy)) {
      const lastOf = async () => (await heard()).filter((id) => last.includes(id));
      await expect.poll(async () => (await lastOf()).length, patience).toBe(last.length);
      const ids = await heard();
      expect(new Set(ids).size, 'nothing twice').toBe(ids.length);
      expect((await lastOf()).toSorted(), 'nothing lost once it listens').toEqual(last.toSorted());
      const told = await toldTo[name as keyof typeof toldTo]();
      expect(told.slice(-last.length), 'told of the last ones').toEqual(last.map(uuidOf));
      expect(told.length, 'nothing told twice').toBe(new Set(told).size);
      expect(told, 'in order').toEqual(posted.map(uuidOf).filter((id) => told.includes(id)));
    }
  });
});
