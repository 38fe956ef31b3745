import type { Actor, Operation } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { InjectedFault } from '@moothall/http';

/** When a fault happens and what it does. */
export type FaultRule = {
  /** Full path of an operation with `{name}` for parameters; absent: any of the product's. */
  path?: string;
  /** HTTP method; absent: any. */
  method?: string;
  /** Person or bot whose requests fail. */
  personId?: Uuid;
  /** OAuth client id whose requests fail. */
  appId?: string;
  /** Chance of each matching call, 0 to 1; always unless said. */
  probability?: number;
  /** Every n-th matching call; with `times: 1` the n-th alone. */
  nth?: number;
  /** Happens at most so often. */
  times?: number;
  status?: number;
  retryAfterSeconds?: number;
  latencyMs?: number;
  /** What happens to webhook deliveries. */
  webhook?: 'dropped' | 'duplicated';
};

/** A fault with its counts. */
export type Fault = { id: string; rule: FaultRule; calls: number; injected: number };

/** A webhook delivery as far as faults ask about it. */
export type FaultyDelivery = { personId: string; appId?: string | undefined };

/** The faults of a world; they live in memory and go with a restart, reset or load. */
export interface FaultBook {
  add(rule: FaultRule): Fault;
  list(): Fault[];
  /** Whether there was such a fault. */
  remove(id: string): boolean;
  clear(): void;
  /** What to inject into a request. */
  forRequest(operation: Operation, actor: Actor | undefined): InjectedFault | undefined;
  /** What to do to a delivery. */
  forDelivery(delivery: FaultyDelivery): 'dropped' | 'duplicated' | undefined;
}

function concerns(rule: FaultRule, subject: { personId?: string; appId?: string | undefined }): boolean {
  return (
    (rule.personId === undefined || rule.personId === subject.personId) &&
    (rule.appId === undefined || rule.appId === subject.appId)
  );
}

function matches(rule: FaultRule, operation: Operation, actor: Actor | undefined): boolean {
  return (
    rule.webhook === undefined &&
    (rule.method === undefined || rule.method === operation.method) &&
    (rule.path === undefined ? operation.base === '/v1' : rule.path === operation.fullPath) &&
    concerns(rule, actor ?? {})
  );
}

/** @param random a number from 0 up to 1 */
export function createFaultBook(random: () => number): FaultBook {
  const faults: Fault[] = [];
  let made = 0;

  function happens(fault: Fault): boolean {
    const { nth, times, probability } = fault.rule;
    fault.calls += 1;
    if (times !== undefined && fault.injected >= times) return false;
    if (nth !== undefined && fault.calls % nth !== 0) return false;
    if (probability !== undefined && random() >= probability) return false;
    fault.injected += 1;
    return true;
  }

  return {
    add(rule) {
      made += 1;
      const fault = { id: `f${made}`, rule, calls: 0, injected: 0 };
      faults.push(fault);
      return fault;
    },
    list: () => [...faults],
    remove(id) {
      const index = faults.findIndex((fault) => fault.id === id);
      if (index >= 0) faults.splice(index, 1);
      return index >= 0;
    },
    clear: () => void faults.splice(0),
    forRequest(operation, actor) {
      const fault = faults.find((one) => matches(one.rule, operation, actor) && happens(one));
      if (!fault) return undefined;
      const { status, retryAfterSeconds, latencyMs } = fault.rule;
      return {
        ...(latencyMs !== undefined && { latencyMs }),
        ...(status !== undefined && { status }),
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      };
    },
    forDelivery(delivery) {
      const concerned = faults.filter(({ rule }) => rule.webhook !== undefined && concerns(rule, delivery));
      return concerned.find(happens)?.rule.webhook;
    },
  };
}
