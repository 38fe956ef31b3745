import { CliError } from '../cli-error.ts';
import type { Command } from '../command.ts';

function notBuilt(
  command: Pick<Command, 'name' | 'summary' | 'arguments' | 'options'>,
  instead: string,
): Command {
  return {
    ...command,
    summary: `${command.summary} (not built yet)`,
    needs: [],
    examples: [],
    async run() {
      throw new CliError(`moot ${command.name} is not built yet. ${instead}`);
    },
  };
}

/** Verbs that are decided but not built; they say so and end with 1. */
export const notBuiltCommands = [
  notBuilt(
    {
      name: 'conform',
      summary: 'Check another server against the same contract',
      arguments: [['[baseUrl]', 'the server']],
    },
    'Run the contract tests of this repository meanwhile: npm test tests/contract.',
  ),
];
