import { labCommand } from './lab-command.ts';

const NAME = ['<name>', '1 to 40 lower-case letters, digits and dashes'] as const;

function verb(
  action: 'save' | 'load' | 'fork',
  summary: string,
  text: (body: Record<string, unknown>) => string,
) {
  return labCommand(
    {
      name: `snapshot ${action}`,
      summary,
      arguments: [NAME],
      examples: [`moot snapshot ${action} before-upgrade`],
    },
    ({ given }) => ({ method: 'POST', path: '/snapshots', body: { name: given.argument(0), action } }),
    text,
  );
}

const list = labCommand(
  { name: 'snapshot list', summary: 'List the snapshots', examples: ['moot snapshot list --json'] },
  () => ({ method: 'GET', path: '/snapshots' }),
);

const reset = labCommand(
  {
    name: 'reset',
    summary: 'Go back to the state after the first load of the world',
    examples: ['moot reset'],
  },
  () => ({ method: 'POST', path: '/reset', body: {} }),
  ({ now }) => `reset; it is ${String(now)}\n`,
);

/** Snapshots, forks and reset of a world. */
export const snapshotCommands = [
  verb('save', 'Save the world under a name', ({ name }) => `saved ${String(name)}\n`),
  verb('load', 'Go back to a saved world', ({ name }) => `loaded ${String(name)}\n`),
  verb('fork', 'Start a world of its own from a saved one', ({ baseUrl }) => `${String(baseUrl)}\n`),
  list,
  reset,
];
