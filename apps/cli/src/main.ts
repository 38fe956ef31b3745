import { CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { CliError, exitCodes } from './cli-error.ts';
import type { Call, Command } from './command.ts';
import { commands } from './commands.ts';
import { createGiven } from './given.ts';
import { type Io, processIo } from './io.ts';
import { printOutcome } from './output/print.ts';
import { buildProgram } from './program.ts';
import { findServer, type Server } from './server/server.ts';

function callOf(io: Io, args: readonly string[], options: Record<string, unknown>): Call {
  const given = createGiven(args, options);
  const dataDir = given.text('data') ?? (io.env.MOOT_DATA || '.moot');
  let server: Server | undefined;
  return {
    io,
    given,
    json: given.flag('json'),
    dataDir,
    server() {
      server ??= findServer({ given, env: io.env, dataDir });
      return server;
    },
  };
}

function failureCode(error: unknown, io: Io): number {
  if (error instanceof CommanderError) {
    const helped = ['commander.helpDisplayed', 'commander.version'].includes(error.code);
    return helped ? exitCodes.done : exitCodes.usage;
  }
  io.err(`moot: ${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof CliError ? error.exitCode : exitCodes.refused;
}

/**
 * Runs one command line: the entry of `moot`.
 * @param argv words after `moot`
 * @returns the exit code: 0 done, 1 refused or failed, 2 called in a wrong way, 3 server out of reach
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  let exitCode: number = exitCodes.done;
  async function execute(command: Command, args: string[], options: Record<string, unknown>): Promise<void> {
    const call = callOf(io, args, options);
    const outcome = await command.run(call);
    if (outcome) printOutcome(io, outcome, call.json);
    if (outcome?.failed) exitCode = exitCodes.refused;
  }
  try {
    await buildProgram(commands, manifest.version, io, execute).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return failureCode(error, io);
  }
}

/** Goes as far as a command goes without a server: a build keeps what V8 compiles for that. */
export async function rehearse(): Promise<void> {
  const silent: Io = { env: {}, out() {}, err() {}, interrupted: () => new AbortController().signal };
  await main(['reset', '--data', '/nowhere'], silent);
}
