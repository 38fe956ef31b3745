import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { findPersonFacts } from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';
import type { LabParts } from '../lab-parts.ts';
import { explain } from './explain.ts';
import { listExchanges, why } from './inspect.contract.ts';

/** A server that ends lets requests in hand finish, so none may wait long. */
const LONGEST_WAIT_MS = 5000;

/** Ties the operations of the inspector to their verbs. */
export function mountInspector(mount: Mount, { world, exchanges }: LabParts): void {
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
}
