import { Command as Commander } from 'commander';
import type { Command } from './command.ts';
import { groups } from './commands.ts';
import type { Io } from './io.ts';
import { optionsOf } from './options.ts';

/** Runs a command with what commander parsed. */
export type Execute = (command: Command, args: string[], options: Record<string, unknown>) => Promise<void>;

const EXIT_CODES = `
Exit codes: 0 done, 1 refused or failed, 2 called in a wrong way, 3 server out of reach.
`;

function examplesText({ examples }: Command): string {
  return examples.length === 0 ? '' : `\nExamples:\n${examples.map((line) => `  $ ${line}\n`).join('')}`;
}

function groupOf(program: Commander, name: string): Commander {
  const known = program.commands.find((candidate) => candidate.name() === name);
  return known ?? program.command(name).description(groups[name] ?? name);
}

function add(program: Commander, command: Command, execute: Execute): void {
  const words = command.name.split(' ');
  const parent = words.length === 1 ? program : groupOf(program, words[0]!);
  const built = parent
    .command(words.at(-1)!)
    .description(command.summary)
    .addHelpText('after', examplesText(command));
  for (const [name, what] of command.arguments ?? []) built.argument(name, what);
  for (const [flags, what] of optionsOf(command)) {
    if (what.startsWith('required: ')) built.requiredOption(flags, what.slice('required: '.length));
    else built.option(flags, what);
  }
  built.action(() => execute(command, built.args, built.opts()));
}

/** The whole command line. It throws CommanderError instead of ending the process. */
export function buildProgram(
  commands: readonly Command[],
  version: string,
  io: Io,
  execute: Execute,
): Commander {
  const program = new Commander('moot')
    .description('Drives a Moothall server: the lab, its world, and the care of a deployment.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('Add --help for options and examples.')
    .addHelpText('after', EXIT_CODES);
  for (const command of commands) add(program, command, execute);
  return program;
}
