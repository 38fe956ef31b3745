import { usageError } from '../cli-error.ts';
import type { Call } from '../command.ts';
import { labCommand } from './lab-command.ts';

const WEBHOOK_FAULTS: Readonly<Record<string, string>> = { drop: 'dropped', duplicate: 'duplicated' };
const LONGEST_LATENCY_MS = 60_000;

function effectOf(kind: string): Record<string, unknown> {
  if (kind === 'latency') return {};
  const webhook = WEBHOOK_FAULTS[kind];
  if (webhook) return { webhook };
  if (/^(429|5\d\d)$/.test(kind)) return { status: Number(kind) };
  throw usageError(`kind: '${kind}' is no fault; there are 429, 500 to 599, latency, drop and duplicate.`);
}

function faultOf({ given }: Call): Record<string, unknown> {
  const kind = given.argument(0);
  const latencyMs = given.durationMs('latency');
  if (kind === 'latency' && latencyMs === undefined)
    throw usageError('--latency is missing: how long, such as 200ms.');
  if (latencyMs !== undefined && (latencyMs < 1 || latencyMs > LONGEST_LATENCY_MS)) {
    throw usageError('--latency: give a span from 1ms to 60s.');
  }
  const parts: Record<string, unknown> = {
    ...effectOf(kind),
    latencyMs,
    route: given.text('route'),
    person: given.text('person'),
    app: given.text('app'),
    probability: given.number('rate', { min: 0, max: 1 }),
    nth: given.number('nth', { min: 1, max: Number.MAX_SAFE_INTEGER }),
    times: given.number('times', { min: 1, max: Number.MAX_SAFE_INTEGER }),
    retryAfterSeconds: given.number('retry-after', { min: 0, max: 3600 }),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

const add = labCommand(
  {
    name: 'fault add',
    summary: 'Make requests or webhooks fail, late or twice',
    arguments: [['<kind>', '429, 500 to 599, latency, drop or duplicate (the last two: webhooks)']],
    options: [
      ['--route <route>', "method and path below /v1, or one of them: 'POST /messages'; all unless said"],
      ['--rate <probability>', 'share of the calls, 0 to 1; all unless said'],
      ['--nth <number>', 'every n-th call'],
      ['--times <number>', 'so often at most'],
      ['--person <email>', 'calls of this person or bot only'],
      ['--app <clientId>', 'calls of this app only'],
      ['--retry-after <seconds>', 'whole seconds of Retry-After'],
      ['--latency <span>', 'delay before the answer: 200ms'],
    ],
    examples: [
      "moot fault add 429 --route 'POST /messages' --rate 0.3 --retry-after 7",
      'moot fault add 503 --nth 5',
      "moot fault add latency --latency 200ms --route '/rooms'",
      'moot fault add drop --rate 0.1',
    ],
  },
  (call) => ({ method: 'POST', path: '/faults', body: faultOf(call) }),
);

const list = labCommand(
  { name: 'fault list', summary: 'List the faults in force', examples: ['moot fault list --json'] },
  () => ({ method: 'GET', path: '/faults' }),
);

const clear = labCommand(
  {
    name: 'fault clear',
    summary: 'Remove all faults, or one',
    arguments: [['[id]', 'of the fault; all unless said']],
    examples: ['moot fault clear'],
  },
  ({ given }) => {
    const id = given.argument(0);
    return { method: 'DELETE', path: id === '' ? '/faults' : `/faults/${encodeURIComponent(id)}` };
  },
  () => 'cleared\n',
);

/** Faults. */
export const faultCommands = [add, list, clear];
