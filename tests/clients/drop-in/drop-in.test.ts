import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ClientProcess, type Sight, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { openPrivateNetwork, type PrivateNetwork, whyNoPrivateNetwork } from './private-network.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const file = fileURLToPath(new URL('../node-sparky/pixel.png', import.meta.url));
const whyNot = whyNoPrivateNetwork();

async function moot(...words: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, 'scripts', 'moot.mjs'), ...words]);
  return stdout;
}

/** Programs that are told nothing of this server: they ask for the cloud, in a network where only the server is. */
describe('drop-in mode, by a hosts file and a CA alone', { timeout: 90_000 }, () => {
  let network: PrivateNetwork;
  let server: RunningServer;
  let trusting: { NODE_EXTRA_CA_CERTS: string };

  beforeAll(async () => {
    if (whyNot) return;
    network = await openPrivateNetwork(await moot('trust', '--hosts'));
    server = await startServer(['--tls-port', '443'], {
      within: network.within,
      async prepare(data) {
        const { ca } = JSON.parse(await moot('trust', '--data', data, '--json'));
        trusting = { NODE_EXTRA_CA_CERTS: ca.path };
      },
    });
  }, 180_000);

  beforeEach((context) => {
    if (whyNot) context.skip(whyNot);
  });

  afterAll(async () => {
    await server?.stop();
    await network?.close();
  }, 120_000);

  const start = (client: string, script: string, more: Record<string, string>): ClientProcess =>
    startClient(client, script, { ...trusting, ...more }, network.within);

  /** A call by a program that has nothing but Node. */
  async function call(key: string, method: string, url: string, body?: object, env: object = trusting) {
    const script = fileURLToPath(new URL('call.mjs', import.meta.url));
    const [command = '', ...words] = [...network.within, process.execPath, script];
    const asked = { METHOD: method, URL_TO_CALL: url, TOKEN: server.token(key), BODY: JSON.stringify(body) };
    const { stdout } = await run(command, words, { env: { PATH: process.env.PATH, ...env, ...asked } });
    return JSON.parse(stdout) as Sight;
  }

  it('is refused by a program that does not trust the CA', async () => {
    const refused = await call('ben', 'GET', 'https://webexapis.com/v1/people/me', undefined, {});
    expect(refused).toEqual({ step: 'refused', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });

  it('goes on under the name by which a program came', async () => {
    for (const title of ['One', 'Two'])
      await call('ben', 'POST', 'https://webexapis.com/v1/rooms', { title });
    for (const host of ['webexapis.com', 'api.ciscospark.com']) {
      const page = await call('ben', 'GET', `https://${host}/v1/rooms?max=1`);
      expect([page.status, page.body.items[0].title]).toEqual([200, 'Two']);
      const next = /^<([^>]+)>; rel="next"$/.exec(page.link)?.[1] ?? '';
      expect(next.startsWith(`https://${host}/v1/rooms?`)).toBe(true);
      expect((await call('ben', 'GET', next)).body.items[0].title).toBe('One');
    }
  });

  describe('node-sparky 4.6.0 and webex 2.60.4 in one space', () => {
    let listener: ClientProcess;
    let sparky: Sight[];

    beforeAll(async () => {
      if (whyNot) return;
      listener = start('webex-js-sdk', 'listen.mjs', { TOKEN: server.token('dora') });
      expect((await listener.next('listening')).url).toMatch(
        /^https:\/\/u2c\.wbx2\.com\/wdm\/api\/v1\/devices\//,
      );
      const client = start('node-sparky', 'run.mjs', {
        TOKEN: server.token('ben'),
        OTHER_EMAIL: server.account('dora').email,
        FILE: file,
      });
      sparky = await client.finished();
    }, 120_000);

    afterAll(async () => {
      const sights = (await listener?.stop()) ?? [];
      expect(sights.filter(({ step }) => step === 'unhandledRejection')).toEqual([]);
    }, 120_000);

    const saw = (step: string) => sparky.find((sight) => sight.step === step);

    it('the one does its whole day of work', () => {
      expect(saw('pages')?.all).toEqual(['five', 'four', 'three', 'two', 'one']);
      expect(saw('webhook')).toMatchObject({ text: 'ring the bell', refusesOtherSecret: true });
      expect(saw('file')).toMatchObject({ name: 'pixel.png', isSame: true });
      expect(saw('file')?.url).toMatch(/^https:\/\/api\.ciscospark\.com\/v1\/contents\//);
      expect(saw('errors')).toMatchObject({ badToken: '401 ERR_UNAUTHORIZED' });
      expect(saw('done')).toBeDefined();
    });

    it('the other hears of each message once, over a socket', async () => {
      const roomId = saw('done')?.roomId;
      const heard = () => listener.seen('messages:created').filter(({ data }) => data.roomId === roomId);
      // Without one that is deleted soon: the SDK asks for each message when it hears of it.
      const lasting = ['one', 'two', 'three', 'four', 'with a file', 'ring the bell'];
      await expect.poll(() => heard().map(({ data }) => data.text)).toEqual(expect.arrayContaining(lasting));
      const ids = heard().map(({ data }) => data.id);
      expect(ids.length).toBe(new Set(ids).size);
      expect(listener.seen('offline')).toEqual([]);
    });
  });

  it('webex-node-bot-framework 2.3.14 hears a mention and answers', async () => {
    const bot = start('webex-node-bot-framework', 'socket-bot.mjs', { TOKEN: server.token('echo') });
    await bot.next('initialized');
    const api = 'https://webexapis.com/v1';
    const roomId = (await call('ben', 'POST', `${api}/rooms`, { title: 'Cellar' })).body.id;
    await call('ben', 'POST', `${api}/memberships`, { roomId, personEmail: 'echo@webex.bot' });
    expect(await bot.next('spawn')).toMatchObject({ title: 'Cellar' });
    await call('ben', 'POST', `${api}/messages`, {
      roomId,
      markdown: '<@personEmail:echo@webex.bot> repeat hello',
    });
    expect((await bot.next('hears')).args).toEqual(['repeat', 'hello']);
    const newest = async () =>
      (await call('ben', 'GET', `${api}/messages?roomId=${roomId}&max=1`)).body.items[0].text;
    await expect.poll(newest, { timeout: 30_000 }).toBe('hello');
    const sights = await bot.stop();
    expect(sights.filter(({ step }) => step === 'unhandledRejection')).toEqual([]);
  });

  it('@auth/core 0.41.3 signs a person in at webexapis.com, and refreshes', async () => {
    const { clientId, clientSecret } = server.integration('webapp');
    const client = start('auth-core', 'run.mjs', {
      BASE_URL: 'https://webexapis.com',
      LAB_KEY: server.labKey,
      PERSON: server.account('ben').email,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
    });
    const sights = await client.finished();
    const saw = (step: string) => sights.find((sight) => sight.step === step);
    expect(saw('callback')).toMatchObject({ status: 302, problems: [] });
    expect(saw('session')?.user).toMatchObject({ email: 'ben@acme.test' });
    expect(saw('refresh')).toMatchObject({ status: 200, emails: ['ben@acme.test'] });
  });
});
