import { onExchange, onReply, type SeenExchange, type SeenReply } from '@moothall/testkit/listeners';
import { afterAll, afterEach } from 'vitest';

const SHOWN = 20;

/** Holds every reply that a test gets against its contract and the official schemas. Loaded before each file. */
const replies: SeenReply[] = [];
const exchanges: SeenExchange[] = [];
const stops = [onReply((seen) => replies.push(seen)), onExchange((seen) => exchanges.push(seen))];

async function judgeAll(): Promise<void> {
  if (replies.length + exchanges.length === 0) return;
  // Tests that ask no server shall not wait for the schemas.
  const { judgeExchange, judgeReply } = await import('./replies/judge.ts');
  const problems = [...exchanges.splice(0).flatMap(judgeExchange), ...replies.splice(0).flatMap(judgeReply)];
  if (problems.length > 0)
    throw new Error(`replies break their contract:\n${[...new Set(problems)].slice(0, SHOWN).join('\n')}`);
}

afterEach(judgeAll);
afterAll(async () => {
  for (const stop of stops) stop();
  await judgeAll();
});
