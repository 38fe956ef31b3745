// A process that answers GET /v1/people/me, for revocation.mjs. Without arguments it brings a database and a world with
// two tokens; with the address of a database in JSON it joins that as another process does; a further argument
// `uncached` makes it forget tokens and people at each request. Prints `ready URL` and, first, what others need.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWireId } from '@moothall/core';
import {
  addOrganization,
  addPerson,
  createPlatform,
  createWorld,
  mintToken,
  type World,
} from '@moothall/platform';
import { type DatabaseAddress, ensureWorldDatabase, startEmbedded } from '@moothall/store';
import { pino } from 'pino';

const [joined, mode] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'moot-bench-revocation-'));

async function ownDatabase() {
  const cluster = await startEmbedded({ dataDir: folder });
  const { address } = await ensureWorldDatabase(cluster.address);
  return { database: address, stop: () => cluster.stop() };
}

const { database, stop } = joined
  ? { database: JSON.parse(joined) as DatabaseAddress, stop: async () => {} }
  : await ownDatabase();

function openWorld(): Promise<World> {
  const config = {
    mode: 'production',
    behaviour: 'faq',
    publicUrl: 'http://127.0.0.1',
    supportContact: 'nobody',
    botDomain: 'webex.bot',
    rateLimits: false,
  } as const;
  const log = pino({ level: 'silent' });
  const secretKey = 'a key of the bench';
  return createWorld({ config, database, blobFolder: join(folder, 'blobs'), secretKey, log, shared: true });
}

/** The text of an administrator's token, and those of tokens to be revoked with their ids. */
function addTokens(world: World, count: number) {
  return world.store.tx(async (tx) => {
    const orgId = await addOrganization(world, tx, { displayName: 'Acme' });
    const ada = { orgId, email: 'ada@acme.test', displayName: 'Ada', roles: ['full_admin' as const] };
    const personId = await addPerson(world, tx, ada);
    const request = { orgId, personId, scopes: ['spark:all', 'identity:tokens_write'] };
    const { token: admin } = await mintToken(world, tx, request);
    const tokens = [];
    for (let index = 0; index < count; index++) {
      const { token, tokenId } = await mintToken(world, tx, request);
      tokens.push({ token, id: encodeWireId('AUTHORIZATION', tokenId) });
    }
    return { admin, tokens };
  });
}

const world = await openWorld();
const shown = joined ? {} : { database, ...(await addTokens(world, 20)) };
function forget(): void {
  world.caches.named('token').clear();
  world.caches.named('person').clear();
}
const platform = createPlatform(
  world,
  { bodyLimitBytes: 10_000, checkReplies: false, secureHeaders: true, publicUrl: 'http://127.0.0.1' },
  { hooks: mode === 'uncached' ? { enter: forget } : {} },
);
const { port } = await platform.http.listen('127.0.0.1', 0);
console.log(`ready http://127.0.0.1:${port} ${JSON.stringify(shown)}`);
process.on('SIGTERM', () => {
  const stopped = platform.close().then(stop);
  void stopped.then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});
