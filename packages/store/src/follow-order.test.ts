import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLog } from './follow-log.ts';
import type { FollowedEvent } from './followed-event.ts';
import { createGroupCommit } from './group-commit.ts';
import { type Batch, idsOf, sleep, useFollowers } from './test-follower.ts';

const kit = useFollowers();

type Plan = { room: number; steps: ('tx' | 'batch' | 'slow' | 'rest')[] }[];

const stepOf = fc.constantFrom(
  'tx' as const,
  'batch' as const,
  'batch' as const,
  'slow' as const,
  'rest' as const,
);
const plans: fc.Arbitrary<Plan> = fc
  .array(fc.array(stepOf, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 5 })
  .map((rooms) => rooms.map((steps, room) => ({ room, steps })));

it('passes each event of interleaved writers on once, in the order of each room', async () => {
  let run = 0;
  const commit = createGroupCommit<Batch[number], boolean>(async (batch) => {
    await kit.postBatch([...batch]);
    return batch.map(() => true);
  }, 8);
  await fc.assert(
    fc.asyncProperty(plans, fc.boolean(), async (plan, isAsync) => {
      const seen: FollowedEvent[] = [];
      const sync = (events: readonly FollowedEvent[]) => void seen.push(...events);
      const handle = isAsync ? (events: readonly FollowedEvent[]) => sleep(1).then(() => sync(events)) : sync;
      const follower = await kit.follow(seen, { handle });
      const name = `run ${++run}`;
      const start = follower.position();
      const expected = await Promise.all(plan.map(({ room, steps }) => write(`${name} room ${room}`, steps)));
      await follower.caughtUp();
      for (const [room, ids] of expected.entries()) {
        const mine = idsOf(seen).filter((id) => id.startsWith(`${name} room ${room} `));
        expect(mine).toEqual(ids);
      }
      const missed = { after: start, upTo: follower.position(), resources: [kit.resource], limit: 1000 };
      expect(idsOf(await readLog(kit.store, missed)).sort()).toEqual(expected.flat().sort());
      await follower.stop();
    }),
    { numRuns: 25 },
  );

  /** What one room's writer does, one after the other; answers the ids in this order. */
  async function write(room: string, steps: Plan[number]['steps']): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, step] of steps.entries()) {
      const id = `${room} ${index}`;
      if (step === 'rest') await sleep(4);
      else ids.push(id);
      if (step === 'tx') await kit.emit(id);
      if (step === 'batch') await commit.submit({ id });
      if (step === 'slow') {
        const slow = await kit.begin();
        await sleep(3);
        await slow.write(id);
        await kit.end(slow);
        kit.store.signals.emit(`event:${kit.resource}`);
      }
    }
    return ids;
  }
}, 120_000);
