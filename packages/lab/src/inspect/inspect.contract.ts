import { idText, listOf, timeText } from '@moothall/contract';
import { z } from 'zod';
import { labErrors } from '../lab.errors.ts';
import { labOperation } from '../lab-operation.ts';

const testedBy = ['packages/lab/src/inspect/inspect.test.ts'];

/** Tells why a request was answered as it was. */
export const why = labOperation({
  id: 'lab.why',
  method: 'GET',
  path: '/why/{trackingId}',
  summary: 'Tell which check refused a request',
  params: z.object({ trackingId: z.string() }),
  response: z.strictObject({
    trackingId: z.string(),
    at: timeText,
    method: z.string(),
    path: z.string(),
    status: z.int(),
    operation: z.string().optional(),
    personId: idText.optional(),
    personEmail: z.string().optional(),
    refusedBy: z.enum(['token', 'scope', 'role', 'licence', 'relation', 'policy', 'none']),
    sentence: z.string(),
    /** Code of the error; absent when the request succeeded. */
    cause: z.string().optional(),
    steps: z.array(z.strictObject({ check: z.string(), passed: z.boolean(), detail: z.string() })),
  }),
  errors: [labErrors['lab.trace_not_found']],
  testedBy,
});

/** Lists recent exchanges; waits for the next one where asked. */
export const listExchanges = labOperation({
  id: 'lab.logs.list',
  method: 'GET',
  path: '/logs',
  summary: 'List recent exchanges, or wait for the next',
  query: z.object({
    /** Only those with a higher number. */
    after: z.coerce.number().int().min(0).default(0),
    max: z.coerce.number().int().min(1).max(2000).default(200),
    /** Seconds to wait when there is none yet; 5 at most. */
    waitSeconds: z.coerce.number().min(0).max(30).default(0),
  }),
  response: listOf(
    z.strictObject({
      seq: z.int(),
      at: timeText,
      trackingId: z.string(),
      method: z.string(),
      path: z.string(),
      status: z.int(),
      durationMs: z.number(),
      operation: z.string().optional(),
      person: z.string().optional(),
      cause: z.string().optional(),
    }),
  ),
  testedBy,
});
