import { ApiError, decodeWireUuid, type Uuid } from '@moothall/core';
import type { HandlerRequest, Mount } from '@moothall/http';
import { findPersonByEmail } from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';
import type { LabParts } from '../lab-parts.ts';
import type { Fault, FaultRule } from './fault-book.ts';
import { addFault, clearFaults, listFaults, removeFault } from './faults.contract.ts';

type FaultRequest = HandlerRequest<typeof addFault>['body'];
type Route = Pick<FaultRule, 'method' | 'path'>;

function invalid(reason: string): ApiError {
  return new ApiError(labErrors['lab.fault_invalid'], { parameters: { reason } });
}

/** Parameters are compared by place: `{roomId}`, `:id` and `*` all stand for one. */
function shape(path: string): string {
  return path.replace(/\/(\{[^/]*\}|:[^/]+|\*)(?=\/|$)/g, '/{}');
}

/** Reads `POST /messages`, `/messages` or `POST`. @throws ApiError 400 when no operation is meant */
function routeOf(text: string, { platform }: LabParts): Route {
  const [, method, path] = /^(?:([A-Za-z]+|\*)\b\s*)?(\/\S*)?$/.exec(text.trim()) ?? [];
  if (method === undefined && path === undefined)
    throw invalid(`route: '${text}' is none; write it such as 'POST /messages'`);
  const verb = method === undefined || method === '*' ? undefined : method.toUpperCase();
  const wanted = path === undefined ? undefined : shape(path);
  const meant = platform.http
    .operations()
    .filter((operation) => verb === undefined || operation.method === verb)
    .find((operation) => !wanted || [shape(operation.path), shape(operation.fullPath)].includes(wanted));
  if (!meant)
    throw invalid(
      `route: no operation is '${text}'; write it as the API reference does, such as 'GET /rooms/{roomId}'`,
    );
  return { ...(verb && { method: verb }), ...(wanted && { path: meant.fullPath }) };
}

async function personOf(text: string, { world }: LabParts): Promise<Uuid> {
  const found = text.includes('@')
    ? (await findPersonByEmail(world, text))?.id
    : decodeWireUuid(['PEOPLE'], text);
  if (found) return found;
  throw new ApiError(labErrors['lab.person_not_found'], { parameters: { email: text } });
}

async function ruleOf(body: FaultRequest, parts: LabParts): Promise<FaultRule> {
  const { route, person, app, ...rest } = body;
  if (rest.status === undefined && rest.latencyMs === undefined && rest.webhook === undefined)
    throw invalid('a fault needs an effect: status, latencyMs or webhook');
  if (rest.webhook !== undefined && (route ?? rest.status ?? rest.latencyMs) !== undefined)
    throw invalid('webhook: it stands alone; route, status and latencyMs are for requests');
  const retryAfterSeconds = rest.retryAfterSeconds ?? (rest.status === 429 ? 1 : undefined);
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(given as FaultRule),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(route !== undefined && routeOf(route, parts)),
    ...(person !== undefined && { personId: await personOf(person, parts) }),
    ...(app !== undefined && { appId: app }),
  };
}

function present({ id, rule, calls, injected }: Fault) {
  const { method, path, personId, appId, ...rest } = rule;
  const route = [method, path?.replace(/^\/v1(?=\/)/, '')].filter(Boolean).join(' ');
  return {
    id,
    ...(route !== '' && { route }),
    ...(personId !== undefined && { person: personId }),
    ...(appId !== undefined && { app: appId }),
    ...rest,
    calls,
    injected,
  };
}

/** Ties the operations of faults to their verbs. */
export function mountFaults(mount: Mount, parts: LabParts): void {
  const { faults } = parts;
  mount(listFaults, () => ({ items: faults.list().map(present) }));
  mount(addFault, async ({ body }) => present(faults.add(await ruleOf(body, parts))));
  mount(clearFaults, () => {
    faults.clear();
    return undefined;
  });
  mount(removeFault, ({ params }) => {
    if (!faults.remove(params.id))
      throw new ApiError(labErrors['lab.fault_not_found'], { parameters: { id: params.id } });
    return undefined;
  });
}
