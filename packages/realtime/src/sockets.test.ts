import { mintToken, revokeTokens } from '@moothall/platform';
import {
  authorization,
  listen,
  openSocket,
  registerDevice,
  startTestPlatform,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DAY_MS = 86_400_000;

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform({ limits: { 'realtime.frames_per_second': 50 } });
});
afterAll(() => kit.close());

describe('a socket that was opened', () => {
  it('is first told the state of its buffer, without a type and as number 1', async () => {
    const ann = await kit.addPerson();
    const { said } = await listen(kit, ann);
    expect(said[0]).toMatchObject({
      sequenceNumber: 1,
      data: { eventType: 'mercury.buffer_state', bufferState: { conversation: 'COMPLETE' } },
    });
    expect(said[0]).not.toHaveProperty('type');
    expect(said[0]).not.toHaveProperty('cursor');
  });

  it('gets a pong for each ping, by its id', async () => {
    const socket = await listen(kit, await kit.addPerson());
    socket.send({ id: 'ping1', type: 'ping' });
    expect(await socket.next(({ type }) => type === 'pong')).toMatchObject({ id: 'ping1' });
  });

  it.each([
    ['no JSON', 'nothing', 4400],
    ['a list', '[]', 4400],
    ['a frame of another type', { type: 'ping', id: '1' }, 4400],
    ['an authorization without a token', { type: 'authorization', data: {} }, 4400],
    ['a wrong token', authorization('wrong_P0A1_token'), 4401],
  ])('is closed when it says %s first', async (_what, frame, code) => {
    const { url } = await registerDevice(kit, await kit.addPerson());
    const socket = await openSocket(url);
    socket.send(frame);
    const closed = await socket.closed;
    expect(closed.code).toBe(code);
    expect(closed.reason).not.toBe('');
  });

  it("is closed without a code for another one's registration, or one that is gone", async () => {
    const [ann, ben] = [await kit.addPerson(), await kit.addPerson()];
    const { url } = await registerDevice(kit, ann);
    const gone = url.replace(/[0-9a-f]{12}\/messages/, '000000000000/messages');
    for (const address of [url, gone]) {
      const socket = await openSocket(address);
      socket.send(authorization(ben.token));
      expect(await socket.closed).toEqual({ code: 1005, reason: '' });
    }
  });

  it('is told why what it says is of no use, and cut off when it floods', async () => {
    const socket = await listen(kit, await kit.addPerson());
    socket.send({ id: '1', type: 'dance' });
    expect((await socket.next(({ data }) => data?.eventType === 'mercury.refused')).data.reason).toContain(
      'type',
    );
    for (let count = 0; count < 200; count++) socket.send({ id: String(count), type: 'ack' });
    expect(await socket.closed).toEqual({ code: 4429, reason: 'more than 50 frames a second' });
  });

  it('is closed when a frame is too large', async () => {
    const socket = await listen(kit, await kit.addPerson());
    socket.send(JSON.stringify({ type: 'ack', messageId: 'x'.repeat(70_000) }));
    expect((await socket.closed).code).toBe(1009);
  });

  it('gives way to another one of the same registration, unless there may be many', async () => {
    const ann = await kit.addPerson();
    const first = await listen(kit, ann);
    const second = await listen(kit, ann, { device: first.device });
    expect((await first.closed).code).toBe(4000);
    await listen(kit, ann, { device: first.device, query: 'multipleConnections=true' });
    second.send({ id: 'still', type: 'ping' });
    await second.next(({ type }) => type === 'pong');
  });
});

describe('a socket ends', () => {
  it('at once when its token is revoked', async () => {
    const ann = await kit.addPerson();
    const socket = await listen(kit, ann);
    await kit.world.store.tx((tx) => revokeTokens(kit.world, tx, { personId: ann.id }, { orgId: ann.orgId }));
    expect(await socket.closed).toEqual({ code: 4401, reason: 'the token was revoked' });
  });

  it('with its registration (F5), and when that ends after seven days (F6)', async () => {
    const ann = await kit.addPerson();
    const socket = await listen(kit, ann);
    await fetch(`${kit.baseUrl}/wdm/api/v1/devices/${socket.device.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${ann.token}` },
    });
    expect((await socket.closed).code).toBe(1005);
    const other = await listen(kit, ann);
    kit.world.clock.advance(7 * DAY_MS - 1000);
    await kit.platform.idle();
    other.send({ id: 'alive', type: 'ping' });
    await other.next(({ type }) => type === 'pong');
    kit.world.clock.advance(1000);
    await kit.platform.idle();
    expect((await other.closed).code).toBe(1005);
  });

  it('when its token expires by the clock', async () => {
    const ann = await kit.addPerson();
    const request = { personId: ann.id, orgId: ann.orgId, scopes: ['spark:all'], lifetimeSeconds: 3600 };
    const { token } = await kit.world.store.tx((tx) => mintToken(kit.world, tx, request));
    const socket = await listen(kit, { ...ann, token });
    kit.world.clock.advance(3_600_000);
    // SDKs come back after this code, are refused with 4401, and refresh their token.
    expect(await socket.closed).toEqual({ code: 1001, reason: 'the token has expired' });
  });

  it('but not its registration when only the socket is closed (F8)', async () => {
    const ann = await kit.addPerson();
    const socket = await listen(kit, ann);
    socket.webSocket.close();
    await socket.closed;
    const reply = await fetch(`${kit.baseUrl}/wdm/api/v1/devices`, {
      headers: { authorization: `Bearer ${ann.token}` },
    });
    expect(((await reply.json()) as { devices: unknown[] }).devices).toHaveLength(1);
  });
});
