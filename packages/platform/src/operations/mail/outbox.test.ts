import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseAddress } from '@moothall/store';
import { createDatabase, startBarePlatform, startMailServer } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { addOrganization } from '../../identity/organizations/index.ts';
import { countMails } from './mail.store.ts';
import { queueMail } from './queue-mail.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 86_400_000;
const from = 'moot@acme.test';

let database: Awaited<ReturnType<typeof createDatabase>>;
let folder: string;
beforeAll(async () => {
  database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  folder = await mkdtemp(join(tmpdir(), 'moot-mail-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts on the same database, at a time that never goes back. */
let nowMs = 0;
async function start(smtpUrl?: string) {
  const mail = smtpUrl === undefined ? {} : { mail: { smtpUrl, from } };
  const prepare = async ({ world }: { world: { clock: { nowMs(): number; load(state: object): void } } }) => {
    nowMs = Math.max(nowMs, world.clock.nowMs());
    world.clock.load({ offsetMs: 0, frozenAtMs: nowMs });
  };
  const bare = await startBarePlatform({ database: database.address, blobFolder: folder, ...mail, prepare });
  return {
    ...bare,
    async pass(ms: number) {
      bare.world.clock.advance(ms);
      nowMs = bare.world.clock.nowMs();
      await bare.platform.idle();
    },
    queue: (toEmail: string) =>
      bare.world.store.tx(async (tx) => {
        const orgId = await addOrganization(bare.world, tx, { displayName: `Acme of ${toEmail}` });
        const secrets = { link: 'https://moot.test/?link=abc' };
        return queueMail(bare.world, tx, { kind: 'invitation', toEmail, data: {}, secrets, orgId });
      }),
  };
}

describe('the outbox', () => {
  it('keeps mails without a mail server, and sends the young ones once there is one', async () => {
    const before = await start();
    await before.queue('old@example.test');
    await before.pass(2 * DAY);
    await before.queue('young@example.test');
    await before.pass(0);
    expect(await countMails(before.world.store.db)).toEqual({ waiting: 2, sent: 0, dead: 0 });
    await before.close();

    const server = await startMailServer();
    const after = await start(server.url);
    await after.pass(6 * HOUR);
    expect(server.mails.map(({ to }) => to)).toEqual([['young@example.test']]);
    expect(await countMails(after.world.store.db)).toEqual({ waiting: 0, sent: 1, dead: 1 });
    await after.pass(31 * DAY);
    expect(await countMails(after.world.store.db)).toEqual({ waiting: 0, sent: 0, dead: 0 });
    await after.close();
    await server.close();
  });

  it('goes on after a restart where it stood', async () => {
    const server = await startMailServer();
    server.answer({ at: 'data', code: 451, message: 'later' });
    const before = await start(server.url);
    const id = await before.queue('resumed@example.test');
    await before.pass(0);
    await before.pass(MINUTE);
    expect(server.recipients).toHaveLength(2);
    await before.close();

    server.answer(undefined);
    const after = await start(server.url);
    await after.pass(MINUTE);
    expect(server.recipients).toHaveLength(2);
    await after.pass(4 * MINUTE);
    expect(server.mails.map(({ headers }) => headers['message-id'])).toEqual([`<${id}@acme.test>`]);
    const { rows } = await after.world.store.pool.query(
      'select state, tries from mail_outbox where id = $1',
      [id],
    );
    expect(rows).toEqual([{ state: 'sent', tries: 3 }]);
    await after.close();
    await server.close();
  });

  it('waits while the mail server is away', async () => {
    const server = await startMailServer();
    const { url, port } = server;
    await server.close();
    const kit = await start(url);
    await kit.queue('later@example.test');
    await kit.pass(0);
    expect(await countMails(kit.world.store.db)).toMatchObject({ waiting: 1 });
    const back = await startMailServer({ port });
    await kit.pass(MINUTE);
    expect(back.mails.map(({ to }) => to)).toEqual([['later@example.test']]);
    await kit.close();
    await back.close();
  });
});
