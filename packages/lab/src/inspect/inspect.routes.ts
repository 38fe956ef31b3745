import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { findPersonFacts } from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';
import type { LabParts } from '../lab-parts.ts';
import { explain } from './explain.ts';
import { harOf } from './har.ts';
import {
  exportHar,
  listEvents,
  listExchanges,
  resendExchange,
  showExchange,
  why,
} from './inspect.contract.ts';
import { recentEvents } from './recent-events.ts';
import { resend } from './resend.ts';

/** A server that ends lets requests in hand finish, so none may wait long. */
const LONGEST_WAIT_MS = 5000;

const HAR_VERSION = '1';

function findExchange({ exchanges }: LabParts, seq: number) {
  const found = exchanges.find(seq);
  if (!found) throw new ApiError(labErrors['lab.exchange_not_found']);
  return found;
}

/** Ties the operations of the inspector to their verbs. */
export function mountInspector(mount: Mount, parts: LabParts): void {
  const { world, exchanges } = parts;
  mount(why, async ({ params }) => {
    const record = world.traces.find(params.trackingId);
    if (!record) {
      const kept = String(world.limits.get('trace.kept'));
      throw new ApiError(labErrors['lab.trace_not_found'], { parameters: { kept } });
    }
    const { trackingId, at, method, path, status, operation, personId, cause, steps } = record;
    const person = personId === undefined ? undefined : await findPersonFacts(world, personId as Uuid);
    return {
      trackingId,
      at: at.toISOString(),
      method,
      path,
      status,
      ...(operation !== undefined && { operation }),
      ...(personId !== undefined && { personId: encodeWireId('PEOPLE', personId) }),
      ...(person && { personEmail: person.email }),
      ...explain(record),
      ...(cause !== undefined && { cause }),
      steps: steps.map(({ check, passed, detail }) => ({ check, passed, detail })),
    };
  });
  mount(listExchanges, async ({ query }) => {
    await exchanges.waitFor(query.after, Math.min(query.waitSeconds * 1000, LONGEST_WAIT_MS));
    return { items: exchanges.after(query.after, query.max) };
  });
  mount(showExchange, ({ params }) => findExchange(parts, params.seq).details);
  mount(resendExchange, ({ params, body, baseUrl }) =>
    resend(world, baseUrl, findExchange(parts, params.seq).actor, body),
  );
  mount(exportHar, ({ query, baseUrl }) => {
    const all = exchanges.after(query.after, Number.MAX_SAFE_INTEGER);
    return harOf(
      all.flatMap(({ seq }) => exchanges.find(seq)?.details ?? []),
      baseUrl,
      HAR_VERSION,
    );
  });
  mount(listEvents, async ({ query }) => ({ items: await recentEvents(world, query.resource, query.max) }));
}
