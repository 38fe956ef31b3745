import { listDeliveries } from '@moothall/platform';
import {
  type Sink,
  startSink,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DELIVERY_QUEUE } from './delivery.ts';
import { deliveryTest } from './test-support.ts';

let kit: TestPlatform;
let sink: Sink;
let ada: TestPerson;
let test: ReturnType<typeof deliveryTest>;

beforeAll(async () => {
  sink = await startSink();
  kit = await startTestPlatform();
  test = deliveryTest(kit, sink);
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(async () => {
  await kit.close();
  await sink.close();
});

async function parts(): Promise<number> {
  const { rows } = await kit.world.store.pool.query<{ parts: number }>(
    'select count(*) as parts from job_part where queue = $1',
    [DELIVERY_QUEUE],
  );
  return rows[0]!.parts;
}

it('forgets finished deliveries with their parts, and leaves those of the younger', async () => {
  const roomId = await test.room(ada, 'Kept for a while');
  await test.listen(ada, 'messages', 'created');
  await test.say(ada, roomId, 'old');
  await test.idle();
  expect([await listDeliveries(kit.world, { limit: 10 }).then((all) => all.length), await parts()]).toEqual([
    1, 2,
  ]);
  await test.pass(kit.world.limits.get('webhook.log_kept') - 60);
  await test.say(ada, roomId, 'young');
  await test.pass(25_200);
  const left = await listDeliveries(kit.world, { limit: 10 });
  expect(left.map(({ state, request }) => [state, JSON.parse(request.body).data.roomId])).toEqual([
    ['done', roomId],
  ]);
  expect(await parts()).toBe(2);
});
