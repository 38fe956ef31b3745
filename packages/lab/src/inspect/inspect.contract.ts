import { idText, listOf, timeText } from '@moothall/contract';
import { z } from 'zod';
import { labErrors } from '../lab.errors.ts';
import { labOperation } from '../lab-operation.ts';

const testedBy = ['packages/lab/src/inspect/inspect.test.ts'];

const exchange = z.strictObject({
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
});

const said = z.strictObject({
  headers: z.record(z.string(), z.string()),
  body: z.string().optional(),
  isCut: z.boolean().optional(),
});

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
  response: listOf(exchange),
  testedBy,
});

const seq = z.object({ seq: z.coerce.number().int().min(1) });

/** Shows what was said in an exchange; tokens, cookies, passwords and codes are masked. */
export const showExchange = labOperation({
  id: 'lab.logs.get',
  method: 'GET',
  path: '/logs/{seq}',
  summary: 'Show an exchange with its request and response, secrets masked',
  params: seq,
  response: exchange.extend({ query: z.string(), request: said, response: said }),
  errors: [labErrors['lab.exchange_not_found']],
  testedBy,
});

/** Sends a request again, as it was or edited; as the same person and app, with the same scopes. */
export const resendExchange = labOperation({
  id: 'lab.logs.resend',
  method: 'POST',
  path: '/logs/{seq}/resend',
  summary: 'Send a request again, edited where wanted, as the same caller',
  params: seq,
  body: z.object({
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
    /** With its query. */
    path: z.string().regex(/^\/[^\s]*$/, 'expected a path such as /v1/rooms'),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().optional(),
  }),
  response: z.strictObject({
    status: z.int(),
    trackingId: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  errors: [labErrors['lab.exchange_not_found'], labErrors['lab.resend_failed']],
  testedBy,
});

/** Exports what is still known whole, as an HTTP Archive. */
export const exportHar = labOperation({
  id: 'lab.logs.export',
  method: 'GET',
  path: '/logs.har',
  summary: 'Export recent exchanges as HAR 1.2, secrets masked',
  query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  response: z.object({ log: z.object({ version: z.string(), entries: z.array(z.unknown()) }) }),
  testedBy,
});

/** Lists the last events of the log, newest first. */
export const listEvents = labOperation({
  id: 'lab.events.list',
  method: 'GET',
  path: '/events',
  summary: 'List recent events of the event log, newest first',
  query: z.object({
    resource: z.string().optional(),
    max: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: listOf(
    z.strictObject({
      id: z.string(),
      at: timeText,
      resource: z.string(),
      event: z.string(),
      dataId: z.string(),
      person: z.string().optional(),
      trackingId: z.string().optional(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  testedBy,
});
