import type { Operation } from '@moothall/contract';
import fc from 'fast-check';
import { judgeReply } from '../replies/judge.ts';
import type { Pool } from './pool.ts';
import { type FuzzRequest, requestsFor } from './requests.ts';
import { createSender, prepare, type RawResponse, type ReadyRequest, type Sender } from './send.ts';

/** Requests for each operation, and where the random numbers start: a failure is repeated with both. */
export const fuzzRuns = Number(process.env.MOOT_FUZZ_RUNS ?? 100);
const seed = Number(process.env.MOOT_FUZZ_SEED ?? 20261122);

/** Somebody who calls; without a token, or with one that is none. */
export type Caller = { name: string; token?: string; kept?: KeptCredentials };

/** What somebody calls with: made anew after it was refused, since requests may end what callers hold. */
export type KeptCredentials = {
  /** Headers of a session that has entered the sites, for pages; of a token otherwise. */
  headers(of: 'page' | 'rest'): Promise<Record<string, string>>;
  forget(of: 'page' | 'rest'): void;
};

/** What is attacked, by whom, and how hard. */
export type Target = {
  baseUrl: string;
  operations: readonly Operation[];
  callers: readonly Caller[];
  pool: Pool;
  runs: number;
  /** Requests that are under way together. */
  atOnce: number;
};

/** What went wrong, in words, and how often each operation was carried out. */
export type Damage = { failures: string[]; done: Map<string, number> };

type Case = { operation: Operation; round: number };

/** Every operation in each round, in an order of its own. */
function casesOf({ operations, runs }: Target): Case[] {
  const rounds = fc.sample(fc.shuffledSubarray([...operations], { minLength: operations.length }), {
    seed,
    numRuns: runs,
  });
  return rounds.flatMap((order, round) => order.map((operation) => ({ operation, round })));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describeCase({ operation, round }: Case, ready: ReadyRequest, caller: string): string {
  const body = ready.body?.toString('utf8').slice(0, 500) ?? '';
  const head = `${operation.id}, round ${round}, seed ${seed}, as ${caller}`;
  return `${head}\n  ${ready.method} ${ready.path.slice(0, 500)} ${ready.headers['content-type'] ?? ''}\n  ${body}`;
}

function problemsOf(ready: ReadyRequest, { status, headers, text }: RawResponse): string[] {
  const body = headers['content-type']?.includes('json') ? parsed(text) : undefined;
  const headerPairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const reply = { status, headers: new Headers(headerPairs), text, body };
  const problems = judgeReply({ method: ready.method, path: ready.path, reply });
  // That an operation is not built is no failure, where its contract says so.
  return status >= 500 && status !== 501
    ? [`answered ${status} ${text.slice(0, 300)}`, ...problems]
    : problems;
}

function planeOf({ access }: Operation): 'page' | 'rest' {
  return access?.session ? 'page' : 'rest';
}

async function credentialsOf(operation: Operation, caller: Caller): Promise<Record<string, string>> {
  if (caller.kept) return caller.kept.headers(planeOf(operation));
  return caller.token === undefined ? {} : { authorization: `Bearer ${caller.token}` };
}

/** Sends the request of a case and says what was wrong with its reply. */
async function tryOne(
  one: Case,
  request: FuzzRequest,
  target: Target,
  send: Sender['send'],
  done: Damage['done'],
) {
  const caller = target.callers[request.caller % target.callers.length]!;
  const ready = prepare(one.operation, request, target.pool, await credentialsOf(one.operation, caller));
  const told = (problems: readonly string[]) =>
    problems.length > 0 ? [`${describeCase(one, ready, caller.name)}\n  ${problems.join('\n  ')}`] : [];
  try {
    const response = await send(ready);
    if (response.status < 300) {
      done.set(one.operation.id, (done.get(one.operation.id) ?? 0) + 1);
      target.pool.learn(parsed(response.text), response.headers.link as string | undefined);
    }
    if (response.status === 401) caller.kept?.forget(planeOf(one.operation));
    return told(problemsOf(ready, response));
  } catch (error) {
    return told([String(error)]);
  }
}

/** Asks for every operation many times, rightly and wrongly; ends early when much fails. */
export async function attack(target: Target): Promise<Damage> {
  const requests = new Map(
    target.operations.map((operation, at) => [
      operation,
      fc.sample(requestsFor(operation), { seed: seed + at, numRuns: target.runs }),
    ]),
  );
  const sender = createSender(target.baseUrl);
  const damage: Damage = { failures: [], done: new Map() };
  const queue = casesOf(target);
  const lane = async () => {
    for (let next = queue.shift(); next && damage.failures.length < 20; next = queue.shift()) {
      const request = requests.get(next.operation)![next.round]!;
      damage.failures.push(...(await tryOne(next, request, target, sender.send, damage.done)));
    }
  };
  await Promise.all(Array.from({ length: target.atOnce }, lane));
  sender.close();
  return damage;
}
