import { usageError } from '../cli-error.ts';
import { spanMs } from '../given.ts';
import { labCommand } from './lab-command.ts';

function clockText({ now, frozen }: Record<string, unknown>): string {
  return `${String(now)}${frozen ? ' (frozen)' : ''}\n`;
}

const show = labCommand(
  { name: 'clock show', summary: "Show the world's time", examples: ['moot clock show --json'] },
  () => ({ method: 'GET', path: '/clock' }),
  clockText,
);

const freeze = labCommand(
  { name: 'clock freeze', summary: 'Stop the clock', examples: ['moot clock freeze'] },
  () => ({ method: 'POST', path: '/clock/freeze', body: {} }),
  clockText,
);

const resume = labCommand(
  { name: 'clock resume', summary: 'Let a stopped clock run on', examples: ['moot clock resume'] },
  () => ({ method: 'POST', path: '/clock/resume', body: {} }),
  clockText,
);

const advance = labCommand(
  {
    name: 'clock advance',
    summary: 'Move the clock forward and run everything that falls due',
    arguments: [['<span>', 'how far: 14d, 90s, 1h30m']],
    examples: ['moot clock advance 14d', 'moot clock advance 1h30m --json'],
  },
  ({ given }) => {
    const by = given.argument(0);
    spanMs('span', by);
    return { method: 'POST', path: '/clock/advance', body: { by } };
  },
  clockText,
);

const set = labCommand(
  {
    name: 'clock set',
    summary: 'Move the clock to a later time and run everything that falls due',
    arguments: [['<time>', 'ISO 8601: 2026-03-01T09:00:00Z']],
    examples: ['moot clock set 2026-03-01T09:00:00Z'],
  },
  ({ given }) => {
    const to = given.argument(0);
    if (Number.isNaN(Date.parse(to))) {
      throw usageError(`time: '${to}' is no time; write it such as 2026-03-01T09:00:00Z.`);
    }
    return { method: 'POST', path: '/clock/set', body: { to } };
  },
  clockText,
);

const idle = labCommand(
  {
    name: 'idle',
    summary: 'Wait until no job is due and every event has been handled',
    examples: ['moot trigger rooms.created --person ada@acme.test --title Ops && moot idle'],
  },
  () => ({ method: 'POST', path: '/idle', body: {} }),
  () => 'idle\n',
);

/** The world's clock, and waiting for what it sets off. */
export const clockCommands = [show, freeze, resume, advance, set, idle];
