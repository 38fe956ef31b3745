import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWireId } from '@moothall/core';
import { addOrganization, addPerson, mintToken } from '@moothall/platform';
import type { DatabaseAddress } from '@moothall/store';
import { apiClient, type BarePlatform, createDatabase, startBarePlatform } from '@moothall/testkit';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

const SCOPES = ['spark:all', 'identity:tokens_write'];
const WITHIN_MS = 1000;

let nodes: [BarePlatform, BarePlatform];
let end: () => Promise<void>;
beforeAll(async () => {
  const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  const blobFolder = await mkdtemp(join(tmpdir(), 'moot-blobs-'));
  const options = { database: database.address, blobFolder, shared: true };
  nodes = [await startBarePlatform(options), await startBarePlatform(options)];
  end = async () => {
    for (const node of nodes) await node.close();
    await database.drop();
    await rm(blobFolder, { recursive: true, force: true });
  };
});
afterAll(() => end());

it('F32: of two processes over one database, one sees a revocation at once, the other within a second', async () => {
  const { world } = nodes[0];
  const { admin, token, tokenId } = await world.store.tx(async (tx) => {
    const orgId = await addOrganization(world, tx, { displayName: 'Acme' });
    const person = { orgId, email: 'ada@acme.test', displayName: 'Ada', roles: ['full_admin' as const] };
    const personId = await addPerson(world, tx, person);
    const request = { personId, orgId, scopes: SCOPES };
    const { token: admin } = await mintToken(world, tx, request);
    return { admin, ...(await mintToken(world, tx, request)) };
  });
  const [here, there] = nodes.map((node) => apiClient(node.baseUrl, token)) as [Client, Client];
  for (const client of [here, there]) expect((await client.get('/people/me')).status).toBe(200);
  const wireId = encodeWireId('AUTHORIZATION', tokenId);
  const revoked = await apiClient(nodes[0].baseUrl, admin).delete(`/authorizations/${wireId}`);
  const revokedAt = performance.now();
  expect(revoked.status).toBe(204);
  expect((await here.get('/people/me')).status).toBe(401);
  let lastLetInAt = revokedAt;
  for (let askedAt = revokedAt; (await there.get('/people/me')).status === 200; askedAt = performance.now()) {
    lastLetInAt = askedAt;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(lastLetInAt - revokedAt).toBeLessThan(WITHIN_MS);
});

type Client = ReturnType<typeof apiClient>;
