import { deflateSync } from 'node:zlib';
import { type ApiClient, startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let portal: ApiClient;
let count = 0;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  portal = await kit.page(await kit.addPerson(), 'portal');
});
afterAll(() => kit.close());

const APPS = '/portal/api/apps';

function botForm(fields: Record<string, unknown> = {}) {
  count += 1;
  return { type: 'bot', name: 'Echo', username: `echo-${count}`, ...fields };
}

function integrationForm(fields: Record<string, unknown> = {}) {
  const redirectUris = ['https://crm.example.com/callback'];
  return { type: 'integration', name: 'CRM', redirectUris, scopes: ['spark:rooms_read'], ...fields };
}

describe('bad input', () => {
  it.each([
    ['https://a.example.com/cb#x', '#'],
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['/relative', 'whole address'],
    ['https://user:pw@a.example.com/', 'password'],
    ['https://*.example.com/', 'wildcards'],
    ['https:a.example.com', 'host'],
    ['https://ex ample.com/', 'whole address'],
  ])('refuses the redirect address %s', async (uri, reason) => {
    const refused = await portal.post(APPS, integrationForm({ redirectUris: [uri] }));
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining(reason)]);
    expect(refused.body.message).toMatch(/^redirectUris:/);
  });

  it('takes addresses of programs on a machine or a phone', async () => {
    const redirectUris = [
      'http://localhost:3000/cb',
      'http://127.0.0.1/cb?x=1',
      'com.example.app:/cb',
      'myapp://cb',
    ];
    const made = await portal.post(APPS, integrationForm({ redirectUris }));
    expect(made.body.app.integration.redirectUris).toEqual(redirectUris);
  });

  it.each([
    [{ type: 'robot' }, /^type:/],
    [{ type: 'bot', name: '', username: 'x' }, /^name:/],
    [{ type: 'bot', name: 'a\nb', username: 'x' }, /^name:/],
    [{ type: 'bot', name: 'n'.repeat(256), username: 'x' }, /^name:/],
    [{ type: 'bot', name: 'n', username: 5 }, /^username:/],
    [{ type: 'bot', name: 'n', username: 'x', description: 'd'.repeat(1025) }, /^description:/],
    [{ type: 'integration', name: 'n', redirectUris: [], scopes: ['spark:all'] }, /^redirectUris:/],
    [{ type: 'integration', name: 'n', redirectUris: ['https://a.test/'], scopes: [] }, /^scopes:/],
    [
      { type: 'integration', name: 'n', redirectUris: ['https://a.test/'], scopes: ['spark:everything'] },
      /^scopes:/,
    ],
    [{ type: 'bot', name: 'n', username: 'x', requestId: 'a b' }, /^requestId:/],
    [
      {
        type: 'embedded',
        name: 'n',
        contexts: ['kitchen'],
        validDomains: ['a.test'],
        startUrl: 'https://a.test',
      },
      /^contexts/,
    ],
    [
      {
        type: 'embedded',
        name: 'n',
        contexts: ['meeting'],
        validDomains: ['a b'],
        startUrl: 'https://a.test',
      },
      /^validDomains/,
    ],
    [
      {
        type: 'embedded',
        name: 'n',
        contexts: ['meeting'],
        validDomains: ['a.test'],
        startUrl: 'ftp://a.test',
      },
      /^startUrl:/,
    ],
  ])('answers %o with 400 that names the field', async (form, message) => {
    const refused = await portal.post(APPS, form);
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it('refuses ids that are none and bodies that are none', async () => {
    expect((await portal.get(`${APPS}/nonsense`)).status).toBe(400);
    expect((await portal.patch(`${APPS}/${kit.orgId}`, { version: 'x' })).status).toBe(400);
    expect((await portal.post(APPS, '[1', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await portal.post(APPS, { type: 'bot', name: 'n\u0000', username: 'x' })).status).toBe(400);
  });
});

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('icons', () => {
  const upload = (id: string, bytes: Buffer, name = 'icon.png') => {
    const form = new FormData();
    form.append('icon', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name);
    return portal.request('POST', `${APPS}/${id}/icon`, form);
  };

  it('are uploaded, shown to anybody, and taken away for a drawn one', async () => {
    const { app } = (await portal.post(APPS, botForm({ iconName: 'default-2' }))).body;
    expect((await kit.anonymous.get(`${APPS}/${app.id}/icon`)).status).toBe(404);
    const changed = (await upload(app.id, png(16, 16))).body;
    const shown = await fetch(changed.iconUrl);
    expect([
      shown.status,
      shown.headers.get('content-type'),
      shown.headers.get('x-content-type-options'),
    ]).toEqual([200, 'image/png', 'nosniff']);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png(16, 16));
    const drawn = await portal.patch(`${APPS}/${app.id}`, {
      version: changed.version,
      iconName: 'default-3',
    });
    expect(drawn.body).toMatchObject({ iconName: 'default-3' });
    expect(drawn.body).not.toHaveProperty('iconUrl');
  });

  it('are PNG or JPEG of at most 512 by 512 pixels, by their bytes', async () => {
    const { app } = (await portal.post(APPS, botForm())).body;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const bytes of [svg, png(513, 10), Buffer.alloc(0), png(4, 4).subarray(0, 12)]) {
      const refused = await upload(app.id, bytes);
      expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(/^icon:/)]);
    }
    const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b08000a000a01011100ffd9', 'hex');
    expect((await upload(app.id, jpeg)).status).toBe(200);
    expect((await portal.post(`${APPS}/${app.id}/icon`, {})).status).toBe(400);
    const noToken = new FormData();
    const reply = await portal.request('POST', `${APPS}/${app.id}/icon`, noToken, { 'x-csrf-token': '' });
    expect(reply.status).toBe(403);
  });
});
