import { setTimeout as sleep } from 'node:timers/promises';
import { usageError } from '../cli-error.ts';
import type { Call, Command } from '../command.ts';

type Exchange = Record<string, unknown> & { seq: number };

const WAIT_SECONDS = 25;
const PAUSE_MS = 200;

function line(exchange: Exchange): string {
  const { at, status, method, path, durationMs, person, cause, trackingId } = exchange;
  const details = [person, cause, trackingId].filter((part) => part !== undefined).map(String);
  return `${String(at)} ${String(status)} ${String(method)} ${String(path)} ${Math.round(Number(durationMs))} ms ${details.join(' ')}\n`;
}

async function page({ server }: Call, after: number, waitSeconds: number): Promise<Exchange[]> {
  const path = `/logs?after=${after}&waitSeconds=${waitSeconds}`;
  return (await server().lab('GET', path)).body.items as Exchange[];
}

/** Follows the requests that the server answers. */
export const logsTail: Command = {
  name: 'logs tail',
  summary: 'Follow the requests that the server answers; with --json one document a line',
  options: [
    ['--lines <number>', 'begin with so many past requests; 10 unless said'],
    ['--no-follow', 'end after the past requests'],
  ],
  needs: ['lab'],
  examples: ['moot logs tail', 'moot logs tail --lines 100 --no-follow --json'],
  async run(call) {
    const { io, given, json } = call;
    const lines = given.number('lines', { min: 0, max: 2000 }) ?? 10;
    if (!Number.isInteger(lines)) throw usageError('--lines: give a whole number.');
    const print = (items: Exchange[]) => {
      for (const item of items) io.out(json ? `${JSON.stringify(item)}\n` : line(item));
    };
    const past = await page(call, 0, 0);
    print(lines === 0 ? [] : past.slice(-lines));
    if (!given.flag('follow')) return undefined;
    const interrupted = io.interrupted();
    const stop = new Promise<undefined>((resolve) =>
      interrupted.addEventListener('abort', () => resolve(undefined)),
    );
    let after = past.at(-1)?.seq ?? 0;
    while (!interrupted.aborted) {
      const items = await Promise.race([page(call, after, WAIT_SECONDS), stop]);
      if (items === undefined) break;
      print(items);
      after = items.at(-1)?.seq ?? after;
      if (items.length === 0) await sleep(PAUSE_MS);
    }
    return undefined;
  },
};
