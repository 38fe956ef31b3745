import { listOf } from '@moothall/contract';
import { z } from 'zod';
import { labErrors } from '../lab.errors.ts';
import { labOperation } from '../lab-operation.ts';

const testedBy = ['packages/lab/src/faults/faults.test.ts'];

const effects = {
  status: z
    .int()
    .refine((status) => status === 429 || (status >= 500 && status <= 599), 'expected 429 or 500 to 599')
    .optional(),
  /** Seconds of the Retry-After header; 1 for a 429 unless said. */
  retryAfterSeconds: z.int().min(0).max(3600).optional(),
  latencyMs: z.int().min(1).max(60_000).optional(),
  webhook: z.enum(['dropped', 'duplicated']).optional(),
};

const triggers = {
  /** Such as `POST /messages`; a method, a path below /v1, or both; absent for all. */
  route: z.string().optional(),
  /** Address or id of a person or bot. */
  person: z.string().optional(),
  /** OAuth client id of an app. */
  app: z.string().optional(),
  probability: z.number().gt(0).max(1).optional(),
  /** Every n-th call; with `times: 1` the n-th alone. */
  nth: z.int().min(1).optional(),
  times: z.int().min(1).optional(),
};

const fault = z.strictObject({
  id: z.string(),
  ...triggers,
  ...effects,
  /** Calls that matched. */
  calls: z.int(),
  /** How often it happened. */
  injected: z.int(),
});

/** Lists the faults in force. */
export const listFaults = labOperation({
  id: 'lab.faults.list',
  method: 'GET',
  path: '/faults',
  summary: 'List faults',
  response: listOf(fault),
  testedBy,
});

/** Adds a fault. */
export const addFault = labOperation({
  id: 'lab.faults.add',
  method: 'POST',
  path: '/faults',
  summary: 'Add a fault',
  body: z.strictObject({ ...triggers, ...effects }),
  response: fault,
  errors: [labErrors['lab.fault_invalid'], labErrors['lab.person_not_found']],
  testedBy,
});

/** Removes all faults. */
export const clearFaults = labOperation({
  id: 'lab.faults.clear',
  method: 'DELETE',
  path: '/faults',
  summary: 'Remove all faults',
  testedBy,
});

/** Removes one fault. */
export const removeFault = labOperation({
  id: 'lab.faults.remove',
  method: 'DELETE',
  path: '/faults/{id}',
  summary: 'Remove a fault',
  params: z.object({ id: z.string() }),
  errors: [labErrors['lab.fault_not_found']],
  testedBy,
});
