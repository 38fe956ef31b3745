/** Exit codes of every command; they do not change between releases. */
export const exitCodes = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

/** A failure that the user can do something about; the message names the remedy. */
export class CliError extends Error {
  readonly exitCode: number;

  /** @param exitCode 1 (refused) unless said */
  constructor(message: string, exitCode: number = exitCodes.refused) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A command that was called in a wrong way: exit code 2. */
export function usageError(message: string): CliError {
  return new CliError(message, exitCodes.usage);
}
