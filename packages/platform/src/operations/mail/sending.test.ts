import {
  startMailServer,
  startTestPlatform,
  type TestMailServer,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type NewMail, queueMail } from './queue-mail.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const link = 'https://moot.test/account/sign-in?link=SECRET-OF-THE-LINK';

let server: TestMailServer;
let kit: TestPlatform;
let ada: TestPerson;
const logged: string[] = [];

beforeAll(async () => {
  server = await startMailServer();
  kit = await startTestPlatform({ mail: { smtpUrl: server.url, from: 'Möot Hall <moot@acme.test>' } });
  kit.world.log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  kit.world.clock.freeze();
  ada = await kit.addPerson({ name: 'Ada Lovelace' });
});
afterEach(() => {
  server.answer(undefined);
  server.mails.length = 0;
  server.recipients.length = 0;
});
afterAll(async () => {
  await kit.close();
  await server.close();
});

function queue(request: Partial<NewMail> = {}): Promise<string> {
  const mail: NewMail = {
    kind: 'invitation',
    toEmail: 'grace@example.test',
    data: { invitedBy: ada.id, expires: '2026-12-01T10:15:00.000Z' },
    secrets: { link },
    orgId: kit.orgId,
    ...request,
  };
  return kit.world.store.tx((tx) => queueMail(kit.world, tx, mail));
}

async function rowOf(id: string) {
  const { rows } = await kit.world.store.pool.query('select * from mail_outbox where id = $1', [id]);
  return rows[0]!;
}

async function pass(ms: number): Promise<void> {
  kit.world.clock.advance(ms);
  await kit.platform.idle();
}

describe('a mail of the outbox', () => {
  it('is handed over once, in its words, and its secret is forgotten', async () => {
    const id = await queue();
    await pass(0);
    await pass(2 * HOUR);
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect([mail!.from, mail!.to]).toEqual(['moot@acme.test', ['grace@example.test']]);
    expect(mail!.headers).toMatchObject({
      from: 'Möot Hall <moot@acme.test>',
      to: 'grace@example.test',
      subject: 'Invitation to Acme',
      'message-id': `<${id}@acme.test>`,
      'auto-submitted': 'auto-generated',
    });
    const text = mail!.parts['text/plain'];
    expect(text).toContain('The invitation comes from Ada Lovelace.');
    expect(text).toContain(`\n${link}\n`);
    expect(text).toContain('until 2026-12-01 10:15 UTC');
    expect(text).toContain('Help: support@moothall.test');
    expect(mail!.parts['text/html']).toContain(`<a href="${link}">Accept the invitation</a>`);
    expect(mail!.parts['text/html']).not.toMatch(/<img|src=|style=|@import/i);
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: 'sent', tries: 1, last_error: null });
    expect(row.sent_at).toBeInstanceOf(Date);
    expect(row.data).toEqual({ invitedBy: ada.id, expires: '2026-12-01T10:15:00.000Z' });
    const events = (await kit.events()).filter(({ data }) => data.id === id);
    expect(events.map(({ event, data }) => [event, data.state])).toEqual([
      ['created', undefined],
      ['updated', 'sent'],
    ]);
  });

  it('is tried again after a temporary refusal, by the time of the world', async () => {
    server.answer({ at: 'recipient', code: 450, message: 'mailbox busy' });
    const id = await queue();
    await pass(0);
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries: 1 });
    expect((await rowOf(id)).last_error).toContain('mailbox busy');
    await pass(MINUTE - 1);
    expect(server.recipients).toHaveLength(1);
    await pass(1);
    expect(server.recipients).toHaveLength(2);
    server.answer(undefined);
    await pass(5 * MINUTE);
    expect(await rowOf(id)).toMatchObject({ state: 'sent', tries: 3, last_error: null });
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]!.headers['message-id']).toBe(`<${id}@acme.test>`);
  });

  it('is given up after its sixth try, with the reason', async () => {
    server.answer({ at: 'data', code: 451, message: 'later, later' });
    const id = await queue();
    for (const wait of [0, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR]) await pass(wait);
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries: 5 });
    await pass(12 * HOUR);
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: 'dead', tries: 6, sent_at: null });
    expect(row.last_error).toContain('later, later');
    expect(row.data.sealed).toBeUndefined();
    server.answer(undefined);
    await pass(48 * HOUR);
    expect(server.mails).toEqual([]);
  });

  it('is given up at once when its recipient is refused for good, not when the sender is', async () => {
    server.answer({ at: 'recipient', code: 550, message: 'nobody here' });
    const refused = await queue();
    await pass(0);
    expect(await rowOf(refused)).toMatchObject({ state: 'dead', tries: 1 });
    expect((await rowOf(refused)).last_error).toContain('nobody here');
    server.answer({ at: 'sender', code: 550, message: 'who are you' });
    const kept = await queue();
    await pass(0);
    expect(await rowOf(kept)).toMatchObject({ state: 'waiting', tries: 1 });
    server.answer(undefined);
    await pass(MINUTE);
    expect(await rowOf(kept)).toMatchObject({ state: 'sent', tries: 2 });
  });

  it('leaves no link in the log, nor in its row when the mail server repeats it', async () => {
    server.answer({ at: 'data', code: 554, message: `spam: ${link} is SECRET-OF-THE-LINK` });
    const id = await queue();
    await pass(0);
    const row = JSON.stringify(await rowOf(id));
    expect(row).toContain('spam: *** is ***');
    expect(row).not.toContain('SECRET');
    expect(logged.join('')).toContain('mail dead');
    expect(logged.join('')).not.toContain('SECRET');
    expect(JSON.stringify(await kit.events())).not.toContain('SECRET');
  });

  it('cannot be bent by what users call themselves', async () => {
    const evil = 'Eve\r\nBcc: all@acme.test\r\n\r\n<img src=http://evil.test/x>\u202e{to} http://evil.test';
    const eve = await kit.addPerson({ name: 'E' });
    await kit.world.store.pool.query('update person set display_name = $2 where id = $1', [eve.id, evil]);
    const data = { name: evil, adminEmail: evil, appName: evil, newOwner: evil, invitedBy: eve.id };
    for (const kind of ['sandbox', 'app_given_away', 'invitation'] as const)
      await queue({ kind, data, toEmail: 'a,root@example.test' });
    await pass(0);
    expect(server.mails).toHaveLength(3);
    for (const mail of server.mails) {
      // One address, quoted as RFC 5321 has it.
      expect(mail.to).toEqual(['"a,root"@example.test']);
      expect(Object.keys(mail.headers).sort()).toEqual([
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
        'x-auto-response-suppress',
      ]);
      expect(mail.parts['text/html']).not.toContain('<img');
      expect(mail.parts['text/html']).toContain('&lt;img src=http evil.test/x&gt;{to} http evil.test');
      expect(mail.raw).not.toMatch(/http:\/\/evil/);
    }
  });

  it('carries names of every script, composed', async () => {
    await queue({
      kind: 'sandbox',
      toEmail: 'grace@example.test',
      data: { name: 'Zoe\u0308 Øst 会議 👩‍👩‍👧', adminEmail: 'a@b.test' },
    });
    await pass(0);
    const [mail] = server.mails;
    expect(mail!.headers.subject).toBe('Your developer sandbox Zoë Øst 会議 👩‍👩‍👧');
    expect(mail!.raw).not.toMatch(/\P{ASCII}/u);
    expect(mail!.parts['text/plain']!.replace(/\s+/g, ' ')).toContain(
      'Zoë Øst 会議 👩‍👩‍👧 is an organisation',
    );
  });

  it('is given up when its link was sealed with another key, or its kind has no words', async () => {
    const sealed = await queue({
      data: { sealed: 'bm90IHNlYWxlZCBieSB1cyBhdCBhbGwgbm90IG9uZSBiaXQ=' },
      secrets: undefined as never,
    });
    await pass(0);
    expect((await rowOf(sealed)).last_error).toBe('its link was sealed with another secret key');
    const unknown = await queue({ kind: 'newsletter' as never });
    await pass(0);
    expect(await rowOf(unknown)).toMatchObject({
      state: 'dead',
      last_error: "there are no words for a mail 'newsletter'",
    });
  });

  it('uses a kept connection for the next ones', async () => {
    await queue();
    await pass(0);
    const before = server.connections();
    for (let count = 0; count < 3; count++) {
      await queue();
      await pass(0);
    }
    expect([server.mails.length, server.connections()]).toEqual([4, before]);
  });

  it('reaches who forgot a password', async () => {
    const reply = await kit.anonymous.post('/idb/api/password-resets', { email: ada.email });
    expect(reply.status).toBeLessThan(300);
    await pass(0);
    const [mail] = server.mails;
    expect(mail!.headers.subject).toBe('Choose a new password');
    expect(mail!.parts['text/plain']).toContain(`${kit.baseUrl}/account/sign-in?link=`);
  });
});
