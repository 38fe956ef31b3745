import { type Access, type Actor, type Capacity, coversScope, type Grant } from '@moothall/contract';
import { ApiError, type ErrorDefinition, generalErrors } from '@moothall/core';
import type { RequestContext, Trace, TraceStep } from '@moothall/http';

/** Why a check refuses: a short text for the trace; undefined when it passes. */
export type Refusal = string | undefined;

/** Who decides: a request's caller, the capacities their token allows, and the trace to write to. */
export type Decider = Pick<RequestContext, 'actor' | 'capacities' | 'trace'>;

/**
 * What an action asks of its object. A capacity that has no relation is refused. Relations of the
 * caller's capacities are tried in order; one that passes is enough, then the policies must all pass.
 */
export type Action<Facts> = {
  /** `resource.verb`, for the trace. */
  name: string;
  relations: Partial<Record<Capacity, (actor: Actor, facts: Facts) => Refusal>>;
  /** Answer when no relation holds: mostly 404, since absent and forbidden look alike. */
  unrelated: ErrorDefinition;
  /** Rules beyond the relation, each with its own answer; they apply to the listed capacities only. */
  policies?: readonly Policy<Facts>[];
};

/** A rule for those who may know of the object. */
export type Policy<Facts> = {
  name: string;
  appliesTo: readonly Capacity[];
  refuses(actor: Actor, facts: Facts): Refusal;
  error: ErrorDefinition;
};

function note(trace: Trace, check: TraceStep['check'], refusal: Refusal, passing: string): boolean {
  trace.steps.push({ check, passed: refusal === undefined, detail: refusal ?? passing });
  return refusal === undefined;
}

function holdsScope(actor: Actor, grant: Grant): boolean {
  return grant.scopes.length === 0 || grant.scopes.some((scope) => coversScope(actor.scopes, scope));
}

function holdsRole(actor: Actor, grant: Grant): boolean {
  return grant.roles === undefined || grant.roles.some((role) => actor.roles.has(role));
}

/** The nearest miss is told, scope before role (F25), so that `why` names what is lacking. */
function explainRefusal(actor: Actor, access: Access, trace: Trace): void {
  const scoped = access.grants.filter((grant) => holdsScope(actor, grant));
  if (scoped.length === 0) {
    const wanted = access.grants.map((grant) => grant.scopes.join(' or ')).join(', or ');
    note(trace, 'scope', `the token has none of: ${wanted}`, '');
    return;
  }
  note(trace, 'scope', undefined, scoped.map((grant) => grant.scopes.join(' or ')).join(', '));
  // A grant whose scope is held refuses by its roles alone.
  const wanted = scoped.map((grant) => grant.roles!.join(' or ')).join(', or ');
  note(trace, 'role', `the person has none of the roles: ${wanted}`, '');
}

/**
 * Scope, role and licence of an operation, before its object is known.
 * @returns the capacities in which the caller is let in, in the order of the grants
 * @throws ApiError 403 `auth.forbidden`, the same sentence for all three causes (F24, F25)
 */
export function admit(actor: Actor, access: Access, trace: Trace): readonly Capacity[] {
  const grants = access.grants.filter((grant) => holdsScope(actor, grant) && holdsRole(actor, grant));
  if (grants.length === 0 && access.grants.length > 0) {
    explainRefusal(actor, access, trace);
    throw new ApiError(generalErrors['auth.forbidden']);
  }
  const capacities = grants.map((grant) => grant.as);
  note(trace, 'role', undefined, `acts as ${capacities.join(', ') || 'whoever holds the token'}`);
  if (access.license !== undefined && !actor.licenses.has(access.license)) {
    note(trace, 'licence', `the person has no licence '${access.license}'`, '');
    throw new ApiError(generalErrors['auth.forbidden']);
  }
  return capacities;
}

/**
 * The one place that says whether someone may do something to an object: relation (membership,
 * ownership, tenancy) in each capacity they were let in with, then policies.
 * @returns the capacity that the decision rests on
 * @throws ApiError the action's `unrelated`, or the error of the first policy that refuses
 */
export function authorize<Facts>(
  { actor, capacities, trace }: Decider,
  action: Action<Facts>,
  facts: Facts,
): Capacity {
  let acting: Capacity | undefined;
  for (const capacity of capacities) {
    const relation = action.relations[capacity];
    const refusal = relation ? relation(actor, facts) : `nothing is open to ${capacity} here`;
    if (note(trace, 'relation', refusal && `${action.name}: ${refusal}`, `${action.name}: as ${capacity}`)) {
      acting = capacity;
      break;
    }
  }
  if (acting === undefined) throw new ApiError(action.unrelated);
  for (const policy of action.policies ?? []) {
    if (!policy.appliesTo.includes(acting)) continue;
    if (!note(trace, 'policy', policy.refuses(actor, facts), policy.name)) throw new ApiError(policy.error);
  }
  return acting;
}

/**
 * Whether somebody is one of an organisation's own people. Guests live in it, but are strangers there: they
 * see what any stranger sees (decided).
 */
export function isOfOrganization(actor: Pick<Actor, 'orgId' | 'type'>, orgId: string): boolean {
  return actor.orgId === orgId && actor.type !== 'appuser';
}

/** A relation that always holds, for actions whose operation alone decides. */
export const anyone = (): Refusal => undefined;
