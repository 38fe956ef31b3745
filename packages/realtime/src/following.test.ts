import { startFollower } from '@moothall/store';
import { listen, startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Following } from './following.ts';

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform();
});
afterAll(() => kit.close());

const isFollowed = () => kit.world.store.handoff.isFollowed();

it('leaves the log when nobody has heard of it for a while, and takes it up anew', async () => {
  let rests = 0;
  const begin = () => startFollower(kit.world.store, { handle: () => undefined }, () => undefined);
  const following = new Following(begin, () => {
    rests += 1;
  });
  expect(isFollowed()).toBe(false);
  const first = await following.follower();
  expect(await following.follower()).toBe(first);
  await following.look(true, 1000);
  await following.look(false, 11_000);
  expect([isFollowed(), rests]).toEqual([true, 0]);
  await following.look(false, 11_001);
  expect([isFollowed(), rests]).toEqual([false, 1]);
  await following.caughtUp();
  expect(await following.follower()).not.toBe(first);
  expect(isFollowed()).toBe(true);
  await following.rest();
  expect(isFollowed()).toBe(false);
});

it('tries again when it could not begin', async () => {
  let tries = 0;
  const following = new Following(
    () => {
      tries += 1;
      if (tries === 1) return Promise.reject(new Error('no database'));
      return startFollower(kit.world.store, { handle: () => undefined }, () => undefined);
    },
    () => undefined,
  );
  await expect(following.follower()).rejects.toThrow('no database');
  await following.follower();
  await following.rest();
  expect(tries).toBe(2);
});

it('is done by the door once the first socket is let in', async () => {
  expect(isFollowed()).toBe(false);
  const ann = await kit.addPerson();
  const { body: room } = await ann.api.post('/rooms', { title: 'First' });
  const socket = await listen(kit, ann);
  expect(isFollowed()).toBe(true);
  await ann.api.post('/messages', { roomId: room.id, text: 'heard' });
  await socket.next(({ data }) => data?.eventType === 'conversation.activity');
});
