import { allMigrations } from '@moothall/platform';
import { type DatabaseReport, inspectDatabase } from '@moothall/store';
import { ask } from '../server/ask.ts';
import { readServerFile } from '../server/server-file.ts';
import { databaseInReach } from './database-in-reach.ts';
import type { Check, Finding } from './finding.ts';
import { mailCheck } from './mail-check.ts';

const OLDEST_MAJOR = 15;
const READY_TIMEOUT_MS = 5000;

function judgeDatabase({
  version,
  major,
  missingSteps,
  foreignSteps,
}: DatabaseReport): Omit<Finding, 'check'> {
  const detail = `PostgreSQL ${version}`;
  if (major < OLDEST_MAJOR) return { status: 'fail', detail, remedy: 'Use PostgreSQL 15 or newer.' };
  // What the lab adds to a world is not this command's to know.
  const foreign = foreignSteps.filter((step) => !step.includes('_lab_'));
  if (foreign.length > 0) {
    const remedy = 'Use the release that wrote this database, or a newer one.';
    return {
      status: 'fail',
      detail: `${detail}; its schema has ${foreign.join(', ')}, unknown here`,
      remedy,
    };
  }
  if (missingSteps.length === 0) return { status: 'ok', detail: `${detail}, schema up to date` };
  return { status: 'ok', detail: `${detail}; the next start applies ${missingSteps.length} schema steps` };
}

const database: Check = {
  name: 'database',
  async run(call) {
    const address = databaseInReach(call);
    if (!address) return { status: 'ok', detail: 'not running; it starts with the server' };
    return judgeDatabase(await inspectDatabase(address, allMigrations()));
  },
};

const work: Check = {
  name: 'work',
  async run(call) {
    const address = databaseInReach(call);
    const found = address && (await inspectDatabase(address, allMigrations())).work;
    if (!found) return { status: 'ok', detail: 'nothing to look at yet' };
    const { pendingJobs, deadJobs, unreadEvents } = found;
    const detail = `${pendingJobs} jobs pending, ${deadJobs} dead, ${unreadEvents} events unread`;
    if (deadJobs === 0) return { status: 'ok', detail };
    return {
      status: 'warn',
      detail,
      remedy:
        'See `moot deliveries list` for webhooks that could not be delivered, and the check of mail below.',
    };
  },
};

const server: Check = {
  name: 'server',
  async run(call) {
    const url = call.given.text('url') ?? call.io.env.MOOT_URL ?? readServerFile(call.dataDir)?.baseUrl;
    if (!url) return { status: 'ok', detail: 'not running; `npm start` starts it' };
    const baseUrl = url.replace(/\/+$/, '');
    const remedy = "Look into the server's log, or start it again.";
    try {
      const reply = await ask(`${baseUrl}/readyz`, { method: 'GET', timeoutMs: READY_TIMEOUT_MS });
      reply.on('error', () => undefined).resume();
      if (reply.statusCode === 200) return { status: 'ok', detail: `${baseUrl} is ready` };
      return { status: 'fail', detail: `${baseUrl}/readyz answers ${reply.statusCode}`, remedy };
    } catch (error) {
      return { status: 'fail', detail: `${baseUrl} does not answer: ${(error as Error).message}`, remedy };
    }
  },
};

const clock: Check = {
  name: 'clock',
  async run(call) {
    const local = readServerFile(call.dataDir);
    if (local?.mode !== 'lab') return { status: 'ok', detail: "the machine's time" };
    const { body } = await call.server().lab('GET', '/clock');
    const moved = Number(body.offsetMs) !== 0 || body.frozen === true;
    const how = body.frozen ? ', frozen' : moved ? ", moved away from the machine's" : '';
    return { status: 'ok', detail: `the world's time is ${String(body.now)}${how}` };
  },
};

/** Checks of the world and its server. */
export const worldChecks: readonly Check[] = [server, database, work, mailCheck, clock];
