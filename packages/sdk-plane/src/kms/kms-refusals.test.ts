import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { CompactEncrypt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KmsClient } from './test-kms-client.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let client: KmsClient;
let bens: KmsClient;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  client = await KmsClient.connected(kit, ada);
  bens = await KmsClient.connected(kit, ben);
});
afterAll(() => kit.close());

const NO_KEY = 'There is no such key, or you are not authorized to it.';
const eventCount = async () => (await kit.events()).length;

function sealed(kid: string, key: Uint8Array, text = '{}'): Promise<string> {
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
    .encrypt(key);
}

describe('messages that the key service cannot open', () => {
  it('are refused with the name of the field, and nothing is done', async () => {
    const good = await client.wrap({ method: 'create', uri: '/keys', count: 1 });
    const parts = good.split('.');
    const bad: unknown[] = [
      'nothing',
      '',
      'a.b.c.d.e',
      [...parts.slice(0, 4), 'AAAAAAAAAAAAAAAAAAAAAA'].join('.'),
      await sealed(client.channel!.uri, new Uint8Array(32)),
      await sealed('kms://kms.moothall.local/ecdhe/018f5b0a-0000-7000-8000-000000000000', new Uint8Array(32)),
      await sealed('kms://elsewhere/ecdhe/1', new Uint8Array(32)),
      await bens.wrap({ method: 'create', uri: '/keys', count: 1 }),
    ];
    const before = await eventCount();
    for (const message of bad) {
      const { status, body } = await client.post([good, message]);
      expect([message, status]).toEqual([message, 400]);
      expect(body.message).toMatch(/^kmsMessages\[1\]: /);
    }
    expect((await client.post([7])).status).toBe(400);
    expect((await client.post(Array.from({ length: 101 }, () => good))).status).toBe(400);
    expect(await eventCount()).toBe(before);
  });

  it('are those of a channel that has expired', async () => {
    const old = await KmsClient.connected(kit, ada);
    const id = old.channel!.uri.split('/').at(-1);
    await kit.world.store.pool.query('update kms_channel set expires_at = $1 where id = $2', [
      kit.world.clock.now(),
      id,
    ]);
    expect((await old.post([await old.wrap({ method: 'update', uri: '/ping' })])).status).toBe(400);
  });

  it.each([
    ['no request', '7'],
    ['no JSON', '{'],
    ['no request id', { requestId: 7 }],
    ['a request id with a zero byte', { requestId: 'a\u0000' }],
    ['no client', { client: 'me' }],
    ['no bearer', { client: { clientId: 'x', credential: { userId: 'x' } } }],
    ['no method', { method: null }],
  ])('hold %s', async (_what, change) => {
    const good = { method: 'update', uri: '/ping', requestId: 'r', client: client.context.clientInfo };
    const text = typeof change === 'string' ? change : JSON.stringify({ ...good, ...change });
    const { jwk } = (client.context as unknown as { ephemeralKey: { jwk: { k: string } } }).ephemeralKey;
    const message = await sealed(client.channel!.uri, Buffer.from(jwk.k, 'base64url'), text);
    const before = await eventCount();
    const { status, body } = await client.post([message]);
    expect([status, body.message]).toEqual([400, expect.stringMatching(/^kmsMessages\[0\]/)]);
    expect(await eventCount()).toBe(before);
  });
});

describe('requests that the key service refuses', () => {
  it('are replays, within the channel and of a handshake', async () => {
    const message = await client.wrap({ method: 'create', uri: '/keys', count: 1 });
    expect((await client.answerTo(message)).status).toBe(201);
    const again = await client.answerTo(message);
    expect(again).toMatchObject({ status: 409, reason: expect.stringMatching(/^requestId: /) });
    const once = await KmsClient.registered(kit, ada);
    expect((await once.handshake({ requestId: 'one' })).status).toBe(201);
    expect((await once.handshake({ requestId: 'one' })).status).toBe(409);
    const together = await client.wrap({ method: 'create', uri: '/keys', count: 1 });
    const before = (await client.replies()).length;
    await Promise.all(Array.from({ length: 5 }, () => client.post([together])));
    const replies = (await client.replies()).slice(before);
    const statuses = await Promise.all(replies.map(async (reply) => (await client.open(reply)).status));
    expect(statuses.sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('are about keys and resources of others, as if there were none', async () => {
    const { keys } = await bens.ask('create', '/keys', { count: 2 });
    const mine = (await client.ask('create', '/keys', { count: 1 })).keys[0].uri;
    const { resource } = await bens.ask('create', '/resources', { userIds: [], keyUris: [keys[0].uri] });
    const none = 'kms://kms.moothall.local/keys/018f5b0a-0000-7000-8000-000000000000';
    for (const uri of [keys[0].uri, keys[1].uri, none])
      expect(await client.ask('retrieve', uri)).toMatchObject({ status: 404, reason: NO_KEY });
    const taking = { userIds: [ada.id], keyUris: [mine, keys[1].uri] };
    expect((await client.ask('create', '/resources', taking)).status).toBe(404);
    expect((await client.ask('update', mine, { resourceUri: resource.uri })).status).toBe(404);
    expect((await client.ask('update', keys[1].uri, { resourceUri: resource.uri })).status).toBe(404);
    const adding = { resourceUri: resource.uri, userIds: [ada.id] };
    expect((await client.ask('create', '/authorizations', adding)).status).toBe(404);
    expect((await client.ask('delete', `${resource.uri}/authorizations?authId=${ben.id}`)).status).toBe(404);
    expect((await bens.ask('retrieve', keys[0].uri)).status).toBe(200);
  });

  it('bind a key twice', async () => {
    const [key] = (await client.ask('create', '/keys', { count: 1 })).keys;
    const request = { userIds: [ada.id], keyUris: [key.uri] };
    expect((await client.ask('create', '/resources', request)).status).toBe(201);
    expect((await client.ask('create', '/resources', request)).status).toBe(409);
  });

  it('show a credential that is not live, or not of who sends them', async () => {
    const lent = await KmsClient.connected(kit, ada);
    const info = (credential: Record<string, string>) => ({
      clientId: (client.context.clientInfo as { clientId: string }).clientId,
      credential: { userId: ada.id, bearer: ada.token, ...credential },
    });
    const tries: [Record<string, string>, number][] = [
      [{ bearer: 'nothing' }, 401],
      [{ bearer: ben.token }, 401],
      [{ userId: ben.id }, 403],
      [{ userId: 'nobody' }, 403],
    ];
    for (const [credential, status] of tries) {
      lent.context.clientInfo = info(credential);
      const before = (await client.replies()).length;
      expect((await lent.post([await lent.wrap({ method: 'create', uri: '/keys', count: 1 })])).status).toBe(
        202,
      );
      const replies = await client.replies();
      expect(replies).toHaveLength(before + 1);
      expect(await lent.open(replies.at(-1)!)).toMatchObject({
        status,
        reason: expect.stringMatching(/^client\./),
      });
    }
  });

  it.each([
    ['create', '/keys', { count: 0 }, 400],
    ['create', '/keys', { count: 101 }, 400],
    ['create', '/keys', { count: 1.5 }, 400],
    ['create', '/keys', { count: '1' }, 400],
    ['create', '/keys', {}, 400],
    ['create', '/resources', { userIds: ['x'], keyUris: [] }, 400],
    ['create', '/resources', { userIds: [], keyUris: 'x' }, 400],
    ['create', '/resources', { userIds: [], keyUris: ['x'] }, 404],
    ['create', '/authorizations', { userIds: [] }, 400],
    ['create', '/authorizations', { userIds: [], resourceUri: '' }, 404],
    ['retrieve', '/keys/x', {}, 404],
    ['retrieve', 'kms://elsewhere/keys/018f5b0a-0000-7000-8000-000000000000', {}, 404],
    ['delete', '/keys', {}, 404],
    ['create', '/ecdhe', {}, 404],
    ['toString', '/ping', {}, 404],
  ])('are %s %s with %o: %i', async (method, uri, more, status) => {
    const answer = await client.ask(method, uri, more);
    expect(answer).toMatchObject({ status, reason: expect.any(String), requestId: expect.any(String) });
  });

  it('begin a channel with no public key, or ask for something else with the public key', async () => {
    const fresh = await KmsClient.registered(kit, ada);
    const offCurve = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
    for (const jwk of [undefined, 7, { kty: 'RSA' }, { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, offCurve])
      expect(await fresh.handshake({ jwk })).toMatchObject({
        status: 400,
        reason: expect.stringMatching(/^jwk: /),
      });
    expect((await fresh.handshake({ uri: '/keys', count: 1 })).status).toBe(404);
  });
});

describe('requests for a client that is not there', () => {
  it('are left undone without a word, whether it is of others or gone', async () => {
    const gone = await KmsClient.connected(kit, ada);
    await ada.api.delete(`/wdm/api/v1/devices/${gone.registrationId}`);
    const foreign = await KmsClient.connected(kit, ada);
    foreign.context.clientInfo = {
      clientId: (bens.context.clientInfo as { clientId: string }).clientId,
      credential: { userId: ada.id, bearer: ada.token },
    };
    const odd = await KmsClient.connected(kit, ada);
    odd.context.clientInfo = { clientId: 'x', credential: { userId: ada.id, bearer: ada.token } };
    const before = await eventCount();
    for (const silent of [gone, foreign, odd])
      expect(
        (await silent.post([await silent.wrap({ method: 'create', uri: '/keys', count: 1 })])).status,
      ).toBe(202);
    expect(await eventCount()).toBe(before);
  });
});
