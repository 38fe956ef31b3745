import { afterAll, beforeAll, expect, it } from 'vitest';
import { attack, fuzzRuns } from '../../../tests/contract/fuzz/attack.ts';
import { Pool } from '../../../tests/contract/fuzz/pool.ts';
import { labOperations } from './lab-operations.ts';
import { LAB_KEY, startTestLab, type TestLab } from './test-lab.ts';

/** A fork is a server of its own that lives on; a bad URL for a consent is tested by itself. */
const heavy = new Set(['lab.snapshots.fork']);

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab();
});
afterAll(() => kit.close());

it('answers requests made of its contracts, right and wrong ones, without a failure', {
  timeout: 120_000,
}, async () => {
  const pool = new Pool();
  for (const person of kit.report.people) pool.add('EMAIL', person.email);
  const { failures, done } = await attack({
    baseUrl: kit.baseUrl,
    operations: labOperations.filter((operation) => !heavy.has(operation.id)),
    callers: [1, 2, 3]
      .map(() => ({ name: 'the lab', token: LAB_KEY }))
      .concat({ name: 'a stranger', token: 'x' }),
    pool,
    runs: Math.ceil(fuzzRuns / 3),
    atOnce: 2,
  });
  expect(failures.join('\n\n')).toBe('');
  expect(done.get('lab.clock.get')).toBeGreaterThan(0);
  expect((await kit.lab.post('/lab/v1/reset', {})).status).toBe(200);
});
