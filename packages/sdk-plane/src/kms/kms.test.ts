import { X509Certificate } from 'node:crypto';
import { createAuthenticator, findKey, handleKmsMessage, kmsCertificate } from '@moothall/platform';
import type { StoredEvent } from '@moothall/store';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projections } from '../projections.ts';
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

const KMS = '/encryption/api/v1/kms';
const URI = /^kms:\/\/kms\.moothall\.local\/keys\/[0-9a-f-]{36}$/;

async function newKey(owner: KmsClient): Promise<{ uri: string; jwk: Record<string, string> }> {
  return (await owner.ask('create', '/keys', { count: 1 })).keys[0];
}

describe('the key service', () => {
  it('has one certified public key, also when many ask for it first', async () => {
    kit.world.caches.clearAll();
    await kit.world.store.pool.query('delete from kms_identity');
    const asked = await Promise.all(Array.from({ length: 4 }, () => kmsCertificate(kit.world)));
    expect(new Set(asked.map((jwk) => jwk.kid)).size).toBe(1);
    const { status, body } = await ada.api.get(`${KMS}/${ada.wireId}`);
    const jwk = JSON.parse(body.rsaPublicKey);
    expect([status, body.kmsCluster, jwk.kty]).toEqual([200, 'kms://kms.moothall.local', 'RSA']);
    const certificate = new X509Certificate(Buffer.from(jwk.x5c[0], 'base64'));
    const { n, e } = certificate.publicKey.export({ format: 'jwk' });
    expect([jwk.n, jwk.e]).toEqual([n, e]);
    expect(certificate.checkHost(new URL(jwk.kid).hostname)).toBe('kms.moothall.local');
    expect(new Date(certificate.validFrom).getTime()).toBeLessThanOrEqual(kit.world.clock.nowMs());
    client = await KmsClient.connected(kit, ada);
    bens = await KmsClient.connected(kit, ben);
  });

  it('is shown to each for themselves only', async () => {
    expect((await ada.api.get(`${KMS}/${ben.id}`)).status).toBe(404);
    expect((await kit.anonymous.get(`${KMS}/${ada.id}`)).status).toBe(401);
  });

  it('begins a channel, which lives for an hour', async () => {
    const answer = await client.handshake();
    expect(answer).toMatchObject({ status: 201, key: { userId: ada.id, jwk: { kty: 'EC', crv: 'P-256' } } });
    expect(answer.key.jwk).not.toHaveProperty('d');
    const lifeMs = Date.parse(answer.key.expirationDate) - Date.parse(answer.key.createDate);
    expect(lifeMs).toBe(3_600_000);
    client = await KmsClient.connected(kit, ada);
  });

  it('makes keys and gives them to who made them', async () => {
    const { status, requestId, keys } = await client.ask('create', '/keys', { count: 2 });
    expect([status, requestId]).toEqual([201, expect.any(String)]);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatchObject({ uri: expect.stringMatching(URI), userId: ada.id });
    expect(keys[0].jwk).toEqual({ kty: 'oct', kid: keys[0].uri, alg: 'A256GCM', k: expect.any(String) });
    expect(Buffer.from(keys[0].jwk.k, 'base64url')).toHaveLength(32);
    const got = await client.ask('retrieve', keys[0].uri);
    expect([got.status, got.key.jwk]).toEqual([200, keys[0].jwk]);
    expect(await client.ask('update', '/ping')).toMatchObject({ status: 200 });
  });

  it('binds keys to resources, whose people may have them until they may not', async () => {
    const [first, second] = [await newKey(client), await newKey(client)];
    const { resource } = await client.ask('create', '/resources', {
      userIds: [ada.id],
      keyUris: [first.uri],
    });
    expect(resource.keyUris).toEqual([first.uri]);
    expect(await client.ask('update', second.uri, { resourceUri: resource.uri })).toMatchObject({
      status: 200,
      key: { uri: second.uri, resourceUri: resource.uri, bindDate: expect.any(String) },
    });
    expect((await bens.ask('retrieve', second.uri)).status).toBe(404);
    const added = { resourceUri: resource.uri, userIds: [ben.id] };
    const { status, authorizations } = await client.ask('create', '/authorizations', added);
    expect([status, authorizations]).toEqual([201, [expect.objectContaining({ authId: ben.id })]]);
    expect((await bens.ask('retrieve', second.uri)).key.jwk).toEqual(second.jwk);
    const listed = await bens.ask('retrieve', `${resource.uri}/authorizations`);
    expect(listed.authorizations.map(({ authId }: { authId: string }) => authId).sort()).toEqual(
      [ada.id, ben.id].sort(),
    );
    expect((await bens.ask('retrieve', resource.uri)).resource.keyUris).toEqual([first.uri, second.uri]);
    expect(await client.ask('delete', authorizations[0].uri)).toMatchObject({ status: 200 });
    expect((await bens.ask('retrieve', second.uri)).status).toBe(404);
    expect((await bens.ask('retrieve', `${resource.uri}/authorizations`)).status).toBe(404);
  });

  it('tells its reply to the registration that asked, as a frame', async () => {
    const before = await client.replies();
    await client.ask('update', '/ping');
    const { rows } = await kit.world.store.pool.query<StoredEvent>(
      `select tx::text, seq, at, org_id as "orgId", room_id as "roomId", actor_id as "actorId", app_id as "appId",
         resource, event, data_id as "dataId", data, trace_id as "traceId"
       from event where resource = 'kmsReplies' order by tx desc, seq desc limit 1`,
    );
    const projection = projections.find(({ resources }) => resources.includes('kmsReplies'))!;
    const frame = (await projection.project(kit.world, rows))[0]![0]!;
    expect(frame).toMatchObject({ audience: { registrationId: client.registrationId }, id: rows[0]!.dataId });
    const data = JSON.parse(frame.render(kit.baseUrl));
    expect(data.eventType).toBe('encryption.kms_message');
    expect(data.encryption.kmsMessages).toEqual([(await client.replies()).at(-1)]);
    expect(await client.replies()).toHaveLength(before.length + 1);
  });

  it('answers a message that came within another request, to who brought it', async () => {
    const key = await newKey(client);
    const before = (await client.replies()).length;
    const actor = (await createAuthenticator(kit.world)(ada.token))!;
    const decider = { actor, capacities: ['user' as const], trace: { trackingId: 'test', steps: [] } };
    const text = await client.wrap({
      method: 'create',
      uri: '/resources',
      userIds: [ben.id],
      keyUris: [key.uri],
    });
    const reply = await handleKmsMessage(kit.world, decider, { text, field: 'kmsMessage' });
    const { resource } = await client.open(reply.text);
    expect(reply.body).toMatchObject({ status: 201, resource });
    expect((await findKey(kit.world, decider, key.uri)).resourceId).toBe(resource.uri.split('/').at(-1));
    expect(await client.replies()).toHaveLength(before);
  });

  it('takes many messages at once', async () => {
    const before = await client.replies();
    const messages = await Promise.all(
      [1, 2, 3].map((count) => client.wrap({ method: 'create', uri: '/keys', count })),
    );
    expect((await client.post(messages)).status).toBe(202);
    const replies = (await client.replies()).slice(before.length);
    const counts = await Promise.all(replies.map(async (reply) => (await client.open(reply)).keys.length));
    expect(counts).toEqual([1, 2, 3]);
    expect((await client.post([])).status).toBe(202);
  });

  it('keeps no key readable in the database or in the log of events', async () => {
    const { jwk } = await newKey(client);
    const tables = ['kms_identity', 'content_key', 'kms_channel', 'event'];
    for (const table of tables) {
      const { rows } = await kit.world.store.pool.query<{ text: string }>(
        `select string_agg(t::text, chr(10)) as text from ${table} t`,
      );
      expect(rows[0]!.text).not.toMatch(/PRIVATE KEY/);
      expect(rows[0]!.text.includes(jwk.k!)).toBe(false);
    }
  });
});
