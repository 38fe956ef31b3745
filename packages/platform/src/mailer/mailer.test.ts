import { startMailServer } from '@moothall/testkit';
import { describe, expect, it } from 'vitest';
import { createMailer, type Letter } from './create-mailer.ts';
import { parseMailFrom, parseSmtpUrl } from './mailer-settings.ts';

const letter: Letter = {
  id: '0190a7e4-0000-7000-8000-000000000001',
  to: 'grace@example.test',
  subject: 'Hello',
  text: 'Hello',
  html: '<p>Hello</p>',
  date: new Date('2026-11-22T12:00:00Z'),
};
const from = 'moot@acme.test';

describe('the URL of a mail server', () => {
  it.each([
    ['smtps://mail.test', { host: 'mail.test', port: 465, isTls: true, startTls: 'when offered' }],
    ['smtp://mail.test:25', { host: 'mail.test', port: 25, isTls: false, startTls: 'when offered' }],
    ['smtp://[::1]:25/', { host: '::1', port: 25, isTls: false, startTls: 'when offered' }],
    [
      'smtp://me%40acme.test:p%3Aw@mail.test',
      {
        host: 'mail.test',
        port: 587,
        isTls: false,
        startTls: 'required',
        login: { user: 'me@acme.test', pass: 'p:w' },
      },
    ],
    [
      'smtp://me:pw@mail.test?starttls=never',
      { host: 'mail.test', port: 587, isTls: false, startTls: 'never', login: { user: 'me', pass: 'pw' } },
    ],
  ])('%s is read', (text, server) => {
    expect(parseSmtpUrl(text)).toEqual(server);
  });

  it.each([
    ['http://mail.test', /^expected smtp:/],
    ['smtp://', /^expected smtp:/],
    ['smtp://mail.test/path', /^expected smtp:/],
    ['smtp://me:pw@mail.test:99999', /^expected smtp:/],
    ['smtp://mail.test:0', /port/],
    ['smtp://me:%@mail.test', /%25/],
    ['smtp://mail.test?pool=true', /no parameter 'pool'/],
    ['smtp://mail.test?starttls=maybe', /starttls=required/],
    ['smtps://mail.test?starttls=never', /smtp:\/\/ only/],
  ])('%s is refused', (text, problem) => {
    expect(() => parseSmtpUrl(text)).toThrow(problem);
  });
});

describe('the sender', () => {
  it('is an address, with a name where one is given', () => {
    expect(parseMailFrom('moot@acme.test')).toEqual({ name: '', address: 'moot@acme.test' });
    expect(parseMailFrom('"Moot, Hall" <moot@acme.test>')).toEqual({
      name: 'Moot, Hall',
      address: 'moot@acme.test',
    });
  });

  it.each(['', 'moot', 'a@b, c@d', 'Moot <a@b', 'Moot\r\nBcc: x@y <a@b>', 'a@b\nBcc: c@d'])(
    'is not %j',
    (text) => {
      expect(() => parseMailFrom(text)).toThrow('expected an address');
    },
  );
});

describe('a mailer', () => {
  it('signs in, and tells a wrong password from a refused mail without telling it', async () => {
    const server = await startMailServer({ password: 'right-password' });
    const urlWith = (password: string) => `smtp://moot:${password}@127.0.0.1:${server.port}`;
    const good = createMailer({ smtpUrl: urlWith('right-password'), from, timeoutMs: 5000 });
    await good.send(letter);
    expect(server.mails.map(({ user }) => user)).toEqual(['moot']);
    expect(good.server).toBe(`smtp://127.0.0.1:${server.port}`);
    good.close();
    const bad = createMailer({ smtpUrl: urlWith('wrong-password'), from, timeoutMs: 5000 });
    const failure = await bad.send(letter).catch((error: unknown) => error);
    expect(failure).toMatchObject({ isFinal: false, message: expect.stringContaining('wrong login') });
    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/wrong-password|d3Jvbmct/);
    bad.close();
    await server.close();
  });

  it('sends no password in the clear where STARTTLS is demanded and not offered', async () => {
    const server = await startMailServer({ password: 'pw' });
    const smtpUrl = `smtp://moot:pw@127.0.0.1:${server.port}?starttls=required`;
    const mailer = createMailer({ smtpUrl, from, timeoutMs: 5000 });
    await expect(mailer.send(letter)).rejects.toMatchObject({ isFinal: false });
    expect(server.mails).toEqual([]);
    mailer.close();
    await server.close();
  });

  it.each([
    ['smtp', { startTls: true }],
    ['smtps', { tls: true }],
  ])('trusts no certificate of nobody (%s)', async (scheme, options) => {
    const server = await startMailServer(options);
    const smtpUrl = `${scheme}://127.0.0.1:${server.port}`;
    const mailer = createMailer({ smtpUrl, from, timeoutMs: 5000 });
    await expect(mailer.send(letter)).rejects.toMatchObject({
      isFinal: false,
      message: expect.stringMatching(/certificate|altname/i),
    });
    expect(server.mails).toEqual([]);
    mailer.close();
    await server.close();
  });

  it('does not wait for ever', async () => {
    const server = await startMailServer();
    let release = () => {};
    server.beforeTaking(() => new Promise<void>((resolve) => (release = resolve)));
    const mailer = createMailer({ smtpUrl: server.url, from, timeoutMs: 200 });
    await expect(mailer.send(letter)).rejects.toMatchObject({ isFinal: false });
    release();
    mailer.close();
    await server.close();
  });
});
