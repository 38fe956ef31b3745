import { declaredErrors, successStatuses } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import type { SeenExchange, SeenReply } from '@moothall/testkit/listeners';
import { loadOfficial } from '../official-schemas.ts';

/** Codes of refusals that no operation declares: the lab puts them in the way of any. */
const injected = new Set(['fault.injected']);

/** What is wrong with the status or the cause of an exchange; nothing when its operation declares it. */
export function judgeExchange({ operation, status, trace, method, path }: SeenExchange): string[] {
  if (!operation || (trace.cause !== undefined && injected.has(trace.cause))) return [];
  const where = `${operation.id} (${method} ${path.split('?')[0]})`;
  if (trace.cause === undefined) {
    const allowed = successStatuses(operation);
    return allowed.includes(status)
      ? []
      : [`${where}: answered ${status}; declared is ${allowed.join(', ')}`];
  }
  const declared = declaredErrors(operation).some(
    (error) => error.code === trace.cause && error.status === status,
  );
  return declared ? [] : [`${where}: answered ${status} ${trace.cause}, which its contract does not declare`];
}

function refusalProblem({ path, reply }: SeenReply): string | undefined {
  if (reply.text === '' || !/^\/(v1|lab)\//.test(path)) return undefined;
  const body = reply.body as {
    message?: unknown;
    errors?: { description?: unknown }[];
    trackingId?: unknown;
  };
  if (typeof body?.message !== 'string' || body.message === '') return 'a refusal without message';
  const described = Array.isArray(body.errors) && body.errors.length > 0;
  if (!described || body.errors!.some((error) => typeof error.description !== 'string'))
    return 'a refusal without errors[].description';
  return body.trackingId === reply.headers.get('trackingid') ? undefined : 'trackingId is not the header';
}

/** What is wrong with a reply: the form of refusals, and the official schemas where their files are there. */
export function judgeReply(seen: SeenReply): string[] {
  const { method, path, reply } = seen;
  const where = `${method} ${path.split('?')[0]!.slice(0, 200)}: answered ${reply.status}`;
  const problem = reply.status >= 400 ? refusalProblem(seen) : undefined;
  const sample = { method, path, status: reply.status, body: reply.body };
  const contentType = reply.headers.get('content-type');
  const isBuilt = reply.status !== generalErrors['operation.not_built'].status;
  const official = isBuilt
    ? loadOfficial()?.validate({ ...sample, ...(contentType && { contentType }) })
    : undefined;
  return [
    ...(problem ? [`${where}: ${problem}`] : []),
    ...(official?.violations ?? []).map(
      ({ operation, pointer, message, rule }) =>
        `${where}: official ${operation} ${pointer || '/'}: ${message} (${rule})`,
    ),
  ];
}
