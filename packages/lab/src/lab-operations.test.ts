import { afterAll, beforeAll, expect, it } from 'vitest';
import { LAB_BASE } from './lab-operation.ts';
import { labOperations } from './lab-operations.ts';
import { startTestLab, type TestLab } from './test-lab.ts';

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab({ demo: false });
});
afterAll(() => kit.close());

it('are those that a lab mounts, no more and no fewer', () => {
  const mounted = kit.platform.http.operations().filter((operation) => operation.base === LAB_BASE);
  const ids = (operations: readonly { id: string }[]) => operations.map(({ id }) => id).sort();
  expect(ids(labOperations)).toEqual(ids(mounted));
});
