import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countMessages, roomOf, type TestRoom } from './test-support.ts';

const LIMIT_BYTES = 104_857_600;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

let kit: TestPlatform;
let ada: TestPerson;
let room: TestRoom;
let source: Server;
let origin: string;

/** What the source of files by URL answers, by path. */
function serveFile(path: string, response: ServerResponse): void {
  if (path === '/dir/report%20%C3%BC.pdf') response.end('%PDF-1.7 and so on');
  else if (path === '/named')
    response
      .writeHead(200, {
        'content-disposition': `attachment; filename="../../etc/passwd"`,
        'content-type': 'text/html',
      })
      .end('<script>');
  else if (path === '/redirect') response.writeHead(302, { location: `${origin}/named` }).end();
  else if (path === '/missing') response.writeHead(404).end('no');
  else if (path === '/broken')
    response.writeHead(200, { 'content-length': '100' }).write('x', () => response.destroy());
  else if (path === '/huge')
    response.writeHead(200, { 'content-length': String(LIMIT_BYTES + 1) }).write('x');
  else if (path === '/slow') response.writeHead(200).write('x');
  else if (path !== '/silent') response.writeHead(500).end();
}

beforeAll(async () => {
  kit = await startTestPlatform({ limits: { 'file.fetch_timeout': 300 } });
  ada = await kit.addPerson({ name: 'Ada' });
  room = await roomOf(kit, ada);
  source = createServer((request, response) => serveFile(request.url!, response));
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
});
afterAll(async () => {
  source.closeAllConnections();
  source.close();
  await kit.close();
});

async function blobs(): Promise<string[]> {
  const hashes = [];
  for await (const hash of kit.world.blobs.list()) hashes.push(hash);
  return hashes;
}

const upload = (file: Blob, name: string, more: Record<string, string> = {}) => {
  const form = new FormData();
  form.set('roomId', room.id);
  for (const [key, value] of Object.entries(more)) form.set(key, value);
  form.set('files', file, name);
  return ada.api.post('/messages', form);
};
const fetchFile = (path: string) =>
  ada.api.post('/messages', { roomId: room.id, files: [`${origin}${path}`] });

async function download(url: string) {
  const reply = await fetch(url, { headers: { authorization: `Bearer ${ada.token}` } });
  return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) };
}

/** A multipart body of any size that is made while it is sent. */
function streamed(sizeBytes: number, atQuarter: () => Promise<void>): { body: Readable; type: string } {
  const boundary = 'a-boundary';
  const chunk = Buffer.alloc(65_536, 'x');
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="roomId"\r\n\r\n${room.id}\r\n--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="big.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  async function* parts() {
    yield Buffer.from(head);
    for (let sent = 0; sent < sizeBytes; sent += chunk.length) {
      yield chunk.subarray(0, Math.min(sizeBytes - sent, chunk.length));
      if (Math.floor((4 * sent) / sizeBytes) < Math.floor((4 * (sent + chunk.length)) / sizeBytes))
        await atQuarter();
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  return { body: Readable.from(parts()), type: `multipart/form-data; boundary=${boundary}` };
}

async function sendStreamed(
  sizeBytes: number,
  atQuarter: () => Promise<void> = async () => {},
): Promise<Response> {
  const { body, type } = streamed(sizeBytes, atQuarter);
  return fetch(`${kit.baseUrl}/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': type },
    body: Readable.toWeb(body) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
}

describe('files of a form', () => {
  it('are stored, typed by their first bytes and served under their absolute URL', async () => {
    const sent = await upload(new Blob([PNG], { type: 'text/html' }), 'pic.html', { text: 'look' });
    expect(sent.status).toBe(200);
    expect(sent.body.files).toHaveLength(1);
    expect(sent.body.files[0].startsWith(`${kit.baseUrl}/v1/contents/`)).toBe(true);
    const file = await download(sent.body.files[0]);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(file.bytes.equals(PNG)).toBe(true);
    expect((await kit.events()).at(-1)!.data.files).toEqual([expect.stringMatching(/^[0-9a-f-]{36}\/0$/)]);
  });

  it('need no words, one at a time', async () => {
    const sent = await upload(new Blob(['plain'], { type: 'text/plain' }), 'a.txt');
    expect(sent.body).not.toHaveProperty('text');
    const form = new FormData();
    form.set('roomId', room.id);
    form.append('files', new Blob(['1']), '1.txt');
    form.append('files', new Blob(['2']), '2.txt');
    const two = await ada.api.post('/messages', form);
    expect([two.status, two.body.message]).toEqual([
      400,
      'files: a message takes 1 file at most: send each file in a message of its own.',
    ]);
  });

  it('of 64 MB pass through without being held in memory', async () => {
    const size = 64 * 1024 * 1024;
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    // What is free is given back by a thread of its own, a moment after it was found.
    const heldBytes = async () => {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 50));
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = await heldBytes();
    const held: number[] = [];
    const reply = await sendStreamed(size, async () => void held.push((await heldBytes()) - before));
    expect(reply.status).toBe(200);
    const { files } = (await reply.json()) as { files: string[] };
    expect((await download(files[0]!)).headers.get('content-length')).toBe(String(size));
    expect(held).toHaveLength(4);
    expect(Math.max(...held)).toBeLessThan(size / 4);
  }, 120_000);

  it('over 100 MB are refused with 413 and leave neither message nor blob', async () => {
    const [rows, stored] = [await countMessages(kit), (await blobs()).length];
    const reply = await sendStreamed(LIMIT_BYTES + 1);
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ message: expect.stringContaining(String(LIMIT_BYTES)) });
    expect([await countMessages(kit), (await blobs()).length]).toEqual([rows, stored]);
  }, 120_000);

  it('with hostile names get harmless ones', async () => {
    const names = [
      '../../etc/passwd',
      'a\\b\\c.txt',
      '\u202egpj.exe',
      'quo"te\u0007.txt',
      `${'x'.repeat(300)}.txt`,
      '..',
      'ünï 世界.txt',
    ];
    for (const name of names) {
      const sent = await upload(new Blob(['x']), name);
      expect(sent.status).toBe(200);
      const header = (await download(sent.body.files[0])).headers.get('content-disposition')!;
      expect(header.startsWith('attachment')).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be in a header
      expect(header).not.toMatch(/[\\/](?!["])|[\u0000-\u001f\u202e]|%E2%80%AE/);
    }
  });

  it('are never unpacked to learn their type', async () => {
    const zip = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(60, 0xff)]);
    const gzip = Buffer.concat([Buffer.from('1f8b08', 'hex'), Buffer.alloc(60, 0xff)]);
    const typeOf = async (bytes: Buffer, name: string) =>
      (await download((await upload(new Blob([bytes]), name)).body.files[0])).headers.get('content-type');
    expect(await typeOf(zip, 'bomb.zip')).toBe('application/zip');
    expect(await typeOf(zip, 'plan.docx')).toContain('wordprocessingml');
    expect(await typeOf(zip, 'innocent.png')).toBe('application/zip');
    expect(await typeOf(gzip, 'x')).toBe('application/gzip');
  });
});

describe('files by URL', () => {
  it('are fetched and named by their server or their path', async () => {
    const pdf = await fetchFile('/dir/report%20%C3%BC.pdf');
    const file = await download(pdf.body.files[0]);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''report%20%C3%BC.pdf");
    const one = await ada.api.post('/messages', { roomId: room.id, text: 'x', files: `${origin}/named` });
    const named = await download(one.body.files[0]);
    expect(named.headers.get('content-disposition')).toBe('attachment; filename="passwd"');
    expect(named.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['/redirect', 'files: the URL redirects'],
    ['/missing', 'files: the server of the URL answered 404'],
    ['/broken', 'files: the server of the URL could not be reached or broke off.'],
    ['/huge', 'files: the file is larger than is allowed.'],
    ['/slow', 'files: the server of the URL did not send the file in time.'],
    ['/silent', 'files: the server of the URL did not send the file in time.'],
  ])('%s: %s', async (path, message) => {
    const [rows, stored] = [await countMessages(kit), (await blobs()).length];
    const reply = await fetchFile(path);
    expect(reply.status).toBe(400);
    expect(reply.body.message.startsWith(message)).toBe(true);
    expect([await countMessages(kit), (await blobs()).length]).toEqual([rows, stored]);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/x',
    'http://[fd00::1]/x',
    'http://0x0a000001/',
    'file:///etc/passwd',
    'ftp://acme.test/x',
    'not a url',
    'http://user:secret@acme.test/',
  ])('to what may not be reached are refused: %s', async (url) => {
    const reply = await ada.api.post('/messages', { roomId: room.id, text: 'x', files: [url] });
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(/^files: /);
  });

  it('are not asked for when the rest of the request is refused', async () => {
    let asked = 0;
    const listener = () => {
      asked += 1;
    };
    source.on('request', listener);
    const url = `${origin}/named`;
    await ada.api.post('/messages', { roomId: '0197c0de-0000-7000-8000-000000000000', files: [url] });
    await ada.api.post('/messages', { roomId: room.id, files: [url, url] });
    await ada.api.post('/messages', { roomId: room.id, files: [url], markdown: '<@personEmail:x@y.z>' });
    source.off('request', listener);
    expect(asked).toBe(0);
  });
});
