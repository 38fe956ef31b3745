import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createOutbound,
  type Outbound,
  type OutboundExchange,
  type OutboundPolicy,
  type OutboundRequest,
} from './index.ts';

const cleanups: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(
  server: { listen(port: number, host: string, done: () => void): unknown; close(): unknown } & Pick<
    Server,
    'address'
  >,
) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const port = await listen(server);
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

async function serveRaw(greeting: string, trickle?: string): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(greeting);
    const timer = setInterval(() => trickle && socket.write(trickle), 20);
    socket.on('close', () => clearInterval(timer));
    cleanups.push(() => socket.destroy());
  });
  cleanups.push(() => server.close());
  return `http://127.0.0.1:${await listen(server)}`;
}

function outbound(
  policy: Partial<OutboundPolicy> = {},
  record?: (exchange: OutboundExchange) => void,
): Outbound {
  const made = createOutbound({ allowLoopback: true, allowHosts: [], ...policy }, record);
  cleanups.push(() => made.close());
  return made;
}

function get(url: string, change: Partial<OutboundRequest> = {}): OutboundRequest {
  return { kind: 'file', url, method: 'GET', timeoutMs: 2000, maxResponseBytes: 1000, ...change };
}

describe('form of a URL', () => {
  const strict = createOutbound({ allowLoopback: false, allowHosts: [] });

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1.:80/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://198.18.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a00:1]/',
    'http://[::7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
  ])('denies the address of %s', (url) => {
    expect(strict.check(url)).toEqual({ ok: false, reason: expect.stringContaining('is not public') });
  });

  test.each([
    ['ftp://example.com/', 'must start with http'],
    ['file:///etc/passwd', 'must start with http'],
    ['javascript:alert(1)', 'must start with http'],
    ['/relative', 'not an absolute'],
    ['http://', 'not an absolute'],
    ['http://999.1.1.1/', 'not an absolute'],
    ['https://ada:secret@example.com/', 'must not contain a user'],
    [`https://example.com/${'a'.repeat(2048)}`, 'longer than 2048'],
  ])('refuses %s', (url, reason) => {
    expect(strict.check(url)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  test.each([
    'https://example.com/hook?a=b',
    'http://93.184.215.14:8080/',
    'https://[2606:4700::1111]/',
    'http://localhost/',
  ])('accepts %s', (url) => {
    expect(strict.check(url)).toEqual({ ok: true });
  });

  test('lets the operator list names, addresses and ranges', () => {
    const open = createOutbound({
      allowLoopback: false,
      allowHosts: ['10.1.0.0/16', '192.168.7.7', 'fd12::/16', 'Intranet.Example.'],
    });
    const verdicts = [
      'http://10.1.2.3',
      'http://10.2.2.3',
      'http://192.168.7.7',
      'http://192.168.7.8',
      'http://[fd12::1]',
      'http://[fd13::1]',
    ];
    expect(verdicts.map((url) => open.check(url).ok)).toEqual([true, false, true, false, true, false]);
  });

  test.each(['10.0.0.0/99', 'a b', ''])('refuses the allow list entry %j by name', (entry) => {
    expect(() => createOutbound({ allowLoopback: false, allowHosts: [entry] })).toThrow(
      `outbound.allowHosts: '${entry}'`,
    );
  });
});

describe('addresses at delivery', () => {
  test('denies a name that resolves to loopback', async () => {
    const url = (await serve((_, reply) => reply.end('reached'))).replace('127.0.0.1', 'localhost');
    await expect(outbound({ allowLoopback: false }).request(get(url))).rejects.toMatchObject({
      code: 'blocked_address',
      message: expect.stringContaining('localhost resolves to'),
    });
  });

  test('denies a literal before any connection', async () => {
    let connections = 0;
    const url = await serve((_, reply) => {
      connections += 1;
      reply.end();
    });
    await expect(outbound({ allowLoopback: false }).request(get(url))).rejects.toMatchObject({
      code: 'blocked_address',
    });
    expect(connections).toBe(0);
  });

  test.each([{ allowLoopback: true }, { allowHosts: ['localhost'] }, { allowHosts: ['127.0.0.0/8', '::1'] }])(
    'reaches the same name under %j',
    async (policy) => {
      const url = (await serve((_, reply) => reply.end('reached'))).replace('127.0.0.1', 'localhost');
      const answer = await outbound({ allowLoopback: false, ...policy }).request(get(url));
      expect(answer.body.toString()).toBe('reached');
    },
  );

  test('a name without address is a failed connection', async () => {
    await expect(outbound().request(get('http://nowhere.invalid/'))).rejects.toMatchObject({
      code: 'connection_failed',
    });
  });
});

describe('request', () => {
  test('sends method, headers, path and body, and returns what came', async () => {
    const url = await serve((request, reply) => {
      reply.setHeader('set-cookie', ['a=1', 'b=2']);
      reply.writeHead(202, { 'x-echo': `${request.method} ${request.url} ${request.headers['x-sign']}` });
      request.pipe(reply);
    });
    const answer = await outbound().request(
      get(`${url}/hook?a=b#part`, {
        kind: 'webhook',
        method: 'POST',
        headers: { 'x-sign': 'f00' },
        body: '{"é":1}',
      }),
    );
    expect(answer.status).toBe(202);
    expect(answer.headers).toMatchObject({ 'x-echo': 'POST /hook?a=b f00', 'set-cookie': 'a=1, b=2' });
    expect(answer.body.toString()).toBe('{"é":1}');
    expect(answer.durationMs).toBeGreaterThan(0);
  });

  test('records each exchange once, failed ones too', async () => {
    const url = await serve((_, reply) => reply.end('fine'));
    const seen: OutboundExchange[] = [];
    const out = outbound({}, (exchange) => seen.push(exchange));
    await out.request(get(url));
    await expect(out.request(get('http://10.0.0.1/'))).rejects.toThrow();
    expect(seen.map(({ head, body, error }) => [head?.status, body?.toString(), error?.code])).toEqual([
      [200, 'fine', undefined],
      [undefined, undefined, 'blocked_address'],
    ]);
  });

  test('reuses connections', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, reply) => {
      ports.add(request.socket.remotePort);
      reply.end('x');
    });
    const out = outbound();
    for (let i = 0; i < 20; i++) await out.request(get(url));
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  test('HEAD may announce more than the cap', async () => {
    const url = await serve((_, reply) => reply.writeHead(200, { 'content-length': '5000' }).end());
    const answer = await outbound().request(get(url, { method: 'HEAD' }));
    expect([answer.headers['content-length'], answer.body.length]).toEqual(['5000', 0]);
  });

  test('a closed port and a broken protocol are failed connections', async () => {
    await expect(outbound().request(get('http://127.0.0.1:1/'))).rejects.toMatchObject({
      code: 'connection_failed',
    });
    const url = await serveRaw('not http at all\r\n\r\n');
    await expect(outbound().request(get(url))).rejects.toMatchObject({ code: 'connection_failed' });
  });
});

describe('bounds', () => {
  test('a declared body over the cap', async () => {
    const url = await serve((_, reply) => reply.end('x'.repeat(1001)));
    await expect(outbound().request(get(url))).rejects.toMatchObject({ code: 'too_large' });
  });

  test('an endless body without length', async () => {
    const url = await serveRaw('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(300));
    await expect(outbound().request(get(url))).rejects.toMatchObject({ code: 'too_large' });
  });

  test('headers without end', async () => {
    const url = await serveRaw('HTTP/1.1 200 OK\r\n', `x-filler: ${'x'.repeat(4000)}\r\n`);
    await expect(outbound().request(get(url))).rejects.toMatchObject({ code: 'too_large' });
  });

  test.each([
    ['silence', '', undefined],
    ['trickled headers', 'HTTP/1.1 200 OK\r\n', 'a: b\r\n'],
    ['a trickled body', 'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n', 'x'],
  ])('%s ends at the deadline', async (_, greeting, trickle) => {
    const url = await serveRaw(greeting, trickle);
    const startedAt = performance.now();
    await expect(outbound().request(get(url, { timeoutMs: 200 }))).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  test('waiting for a free connection counts', async () => {
    const url = await serveRaw('');
    const out = outbound();
    const all = Array.from({ length: 80 }, () => out.request(get(url, { timeoutMs: 200 })));
    const outcomes = await Promise.allSettled(all);
    expect(
      outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason.code === 'timeout'),
    ).toBe(true);
  });

  test('a redirect is an answer for a webhook and an error for a file', async () => {
    const url = await serve((_, reply) =>
      reply.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    const answer = await outbound().request(get(url, { kind: 'webhook' }));
    expect([answer.status, answer.headers.location]).toEqual([302, 'http://169.254.169.254/']);
    await expect(outbound().request(get(url))).rejects.toMatchObject({ code: 'redirect' });
    await expect(outbound().stream(get(url, { kind: 'avatar' }))).rejects.toMatchObject({ code: 'redirect' });
  });
});

describe('stream', () => {
  test('passes a large body through with back pressure', async () => {
    const url = await serve((_, reply) => reply.end(Buffer.alloc(3_000_000, 'a')));
    const answer = await outbound().stream(get(url, { maxResponseBytes: 3_000_000 }));
    let sizeBytes = 0;
    for await (const chunk of answer.body) {
      sizeBytes += chunk.length;
      if (sizeBytes < 500_000) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect([answer.status, sizeBytes]).toEqual([200, 3_000_000]);
  });

  // What an HTTP/1.0 server does, and any that answers `connection: close`.
  test.each([
    ['with a length', `HTTP/1.0 200 OK\r\ncontent-length: 300000\r\n\r\n`],
    ['to its end', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('passes a body %s whole to a reader that is slower than the other side closes', async (_, head) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(head + 'x'.repeat(300_000)));
    });
    cleanups.push(() => server.close());
    const url = `http://127.0.0.1:${await listen(server)}`;
    const answer = await outbound().stream(get(url, { maxResponseBytes: 300_000 }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    let sizeBytes = 0;
    for await (const chunk of answer.body) {
      sizeBytes += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(sizeBytes).toBe(300_000);
  });

  test('a body that ends before its length fails', async () => {
    const url = await serveRaw('HTTP/1.1 200 OK\r\ncontent-length: 900\r\nconnection: close\r\n\r\nhalf');
    const answer = await outbound().stream(get(url, { timeoutMs: 5000 }));
    setTimeout(() => cleanups.pop()?.(), 50);
    await expect(text(answer.body)).rejects.toMatchObject({ code: 'connection_failed' });
  });

  test('headers without end are too large, and silence ends at the deadline', async () => {
    const filled = await serveRaw('HTTP/1.1 200 OK\r\n', `x-filler: ${'x'.repeat(4000)}\r\n`);
    await expect(outbound().stream(get(filled))).rejects.toMatchObject({ code: 'too_large' });
    const silent = await serveRaw('');
    const asked = outbound().stream(get(silent, { timeoutMs: 200 }));
    await expect(asked).rejects.toMatchObject({ code: 'timeout' });
  });

  test('asks no other host than the URL names, whatever its path is', async () => {
    const asked: string[] = [];
    const url = await serve((request, reply) => {
      asked.push(`${request.headers.host}${request.url}`);
      reply.end('ok');
    });
    const answer = await outbound().stream(get(`${url}//10.0.0.1/file?a=b`));
    expect([await text(answer.body), asked]).toEqual(['ok', [`${new URL(url).host}//10.0.0.1/file?a=b`]]);
  });

  test('is waited for by a close, after which none begins', async () => {
    const url = await serve((_, reply) => setTimeout(() => reply.end('late'), 100));
    const out = createOutbound({ allowLoopback: true, allowHosts: [] });
    const answer = out.stream(get(url));
    const closed = out.close();
    await expect(out.stream(get(url))).rejects.toMatchObject({ code: 'connection_failed' });
    expect(await text((await answer).body)).toBe('late');
    await closed;
  });

  test('the cap and the deadline hold while reading', async () => {
    const endless = await serveRaw('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(300));
    const large = await outbound().stream(get(endless));
    await expect(text(large.body)).rejects.toMatchObject({ code: 'too_large' });
    const slow = await serveRaw('HTTP/1.1 200 OK\r\n\r\n', 'x');
    const late = await outbound().stream(get(slow, { timeoutMs: 1000 }));
    await expect(text(late.body)).rejects.toMatchObject({ code: 'timeout' });
  });

  test('a cut connection fails the body', async () => {
    const url = await serve((request, reply) => {
      reply.writeHead(200, { 'content-length': '900' });
      reply.write('half');
      setTimeout(() => request.socket.destroy(), 30);
    });
    const answer = await outbound().stream(get(url));
    await expect(text(answer.body)).rejects.toMatchObject({ code: 'connection_failed' });
  });

  test('giving up ends the connection; a failure that nobody reads ends nothing else', async () => {
    const seen: OutboundExchange[] = [];
    const url = await serveRaw('HTTP/1.1 200 OK\r\n\r\n', 'x');
    const out = outbound({}, (exchange) => seen.push(exchange));
    (await out.stream(get(url))).body.destroy();
    await out.stream(get(url, { timeoutMs: 1000 }));
    await expect.poll(() => seen.map(({ error }) => error?.code)).toEqual(['connection_failed', 'timeout']);
  });

  test('refuses what the URL check refuses', async () => {
    await expect(outbound().stream(get('http://10.0.0.1/'))).rejects.toMatchObject({
      code: 'blocked_address',
    });
    await expect(outbound().request(get('gopher://example.com/'))).rejects.toMatchObject({
      code: 'invalid_url',
    });
  });
});
