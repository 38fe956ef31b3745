// GET /v1/people/me of a world of its own, once as it is and once with the caller given: the difference is what
// authentication costs. Started by authentication.mjs as a bundle; prints `ready URL TOKEN`.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, type OperationSpec, operation } from '@moothall/contract';
import type { Handler } from '@moothall/http';
import {
  addOrganization,
  addPerson,
  createPlatform,
  createWorld,
  mintToken,
  people,
} from '@moothall/platform';
import { ensureWorldDatabase, startEmbedded } from '@moothall/store';
import { pino } from 'pino';

const folder = mkdtempSync(join(tmpdir(), 'moot-bench-auth-'));
const cluster = await startEmbedded({ dataDir: folder });
const { address: database } = await ensureWorldDatabase(cluster.address);
const config = {
  mode: 'production',
  behaviour: 'faq',
  publicUrl: 'http://127.0.0.1',
  supportContact: 'nobody',
  botDomain: 'webex.bot',
  rateLimits: false,
} as const;
const world = await createWorld({
  config,
  database,
  blobFolder: join(folder, 'blobs'),
  secretKey: 'a key of the bench',
  log: pino({ level: 'silent' }),
});
const { orgId, personId, token } = await world.store.tx(async (tx) => {
  const orgId = await addOrganization(world, tx, { displayName: 'Acme' });
  const personId = await addPerson(world, tx, { orgId, email: 'ada@acme.test', displayName: 'Ada' });
  const { token } = await mintToken(world, tx, { orgId, personId, scopes: ['spark:all'] });
  return { orgId, personId, token };
});
const actor = {
  personId,
  orgId,
  type: 'person',
  roles: new Set(),
  licenses: new Set(),
  scopes: new Set(['spark:all']),
};
const platform = createPlatform(
  world,
  { bodyLimitBytes: 10_000, checkReplies: false, secureHeaders: true, publicUrl: config.publicUrl },
  {
    doors: [
      ({ mount }) => {
        people.routes?.((original, handler) => {
          if (original.id !== 'people.me') return;
          const { access: _none, ...open } = original;
          const given = { actor: actor as unknown as Actor, capacities: ['user'] as const };
          const answer = handler as unknown as Handler<typeof original>;
          const opened = operation({ ...open, id: 'bench.me', base: '/bench' } as OperationSpec);
          mount(opened, (request) => answer({ ...request, ...given } as never) as never);
        }, world);
      },
    ],
  },
);
const { port } = await platform.http.listen('127.0.0.1', 0);
console.log(`ready http://127.0.0.1:${port} ${token}`);
process.on(
  'SIGTERM',
  () =>
    void platform
      .close()
      .then(() => cluster.stop())
      .then(() => process.exit(0)),
);
