import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWireId } from '@moothall/core';
import { addOrganization, addPerson, mintToken, revokeTokens } from '@moothall/platform';
import { createRealtime } from '@moothall/realtime';
import { projections } from '@moothall/sdk-plane';
import type { DatabaseAddress } from '@moothall/store';
import {
  apiClient,
  type BarePlatform,
  createDatabase,
  endNats,
  freePort,
  listen,
  natsBinary,
  natsUrlOf,
  registerDevice,
  startBarePlatform,
  startNatsServer,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';

const COUNT = 200;

describe.each([{ way: 'LISTEN and NOTIFY' }, { way: 'NATS' }])(
  'processes that wake each other by $way',
  ({ way }) => {
    let nats: ChildProcess | undefined;
    let api: BarePlatform;
    let sockets: [BarePlatform, BarePlatform];
    let end: () => Promise<void>;

    beforeAll(async () => {
      const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
      const blobFolder = await mkdtemp(join(tmpdir(), 'moot-blobs-'));
      const port = await freePort();
      if (way === 'NATS' && natsBinary) nats = await startNatsServer(port);
      const common = {
        database: database.address,
        blobFolder,
        shared: true,
        ...(nats && { natsUrl: natsUrlOf(port) }),
      };
      const onlyApi = { api: true, realtime: false, worker: true };
      const onlySockets = { api: false, realtime: true, worker: false };
      api = await startBarePlatform({ ...common, services: onlyApi });
      const startSockets = () =>
        startBarePlatform({ ...common, services: onlySockets, doors: [createRealtime(projections)] });
      sockets = [await startSockets(), await startSockets()];
      end = async () => {
        for (const node of [api, ...sockets]) await node.close();
        if (nats) await endNats(nats);
        await database.drop();
        await rm(blobFolder, { recursive: true, force: true });
      };
    });
    afterAll(() => end());

    async function person(name: string) {
      const { world } = api;
      return world.store.tx(async (tx) => {
        const orgId = await addOrganization(world, tx, { displayName: name });
        const id = await addPerson(world, tx, {
          orgId,
          email: `${name}-${way[0]}@acme.test`,
          displayName: name,
        });
        const { token } = await mintToken(world, tx, { personId: id, orgId, scopes: ['spark:all'] });
        return { id, orgId, token, api: apiClient(api.baseUrl, token) };
      });
    }

    async function listenAt(node: BarePlatform, who: { token: string }) {
      const { url } = await registerDevice(api, who);
      return listen(node, who, {
        device: { url: url.replace(/^ws:\/\/[^/]+/, node.baseUrl.replace('http', 'ws')) },
      });
    }

    it('tell members at each of them everything once, in one order, and end sockets of revoked tokens', async (context) => {
      if (way === 'NATS' && !natsBinary)
        context.skip('nats-server is not installed (Debian: apt-get install it)');
      const [ada, ben] = [await person('Ada'), await person('Ben')];
      const roomId = (await ada.api.post('/rooms', { title: 'Kitchen' })).body.id as string;
      await ada.api.post('/memberships', { roomId, personId: encodeWireId('PEOPLE', ben.id) });
      const heard = [await listenAt(sockets[0], ada), await listenAt(sockets[1], ben)];
      const texts = Array.from({ length: COUNT }, (_, count) => `word ${count}`);
      for (let start = 0; start < COUNT; start += 20)
        await Promise.all(
          texts.slice(start, start + 20).map((text) => ada.api.post('/messages', { roomId, text })),
        );
      const wordsOf = (socket: (typeof heard)[number]) =>
        socket.said.flatMap(({ data }) => {
          const activity = data?.activity as { verb: string; object: { displayName: string } } | undefined;
          return activity?.verb === 'post' ? [activity.object.displayName] : [];
        });
      await vi.waitFor(
        () => {
          for (const socket of heard) expect(wordsOf(socket)).toHaveLength(COUNT);
        },
        { timeout: 30_000 },
      );
      const listed = await ada.api.get(`/messages?roomId=${roomId}&max=${COUNT}`);
      const inOrder = listed.body.items.map(({ text }: { text: string }) => text).reverse();
      for (const socket of heard) expect(wordsOf(socket)).toEqual(inOrder);
      const { world } = api;
      await world.store.tx((tx) => revokeTokens(world, tx, { personId: ben.id }, { orgId: ben.orgId }));
      expect(await heard[1]!.closed).toMatchObject({ code: 4401 });
    });
  },
);
