import { parseDurationMs } from '@moothall/core';
import { usageError } from './cli-error.ts';

/** Arguments and options as they were given. */
export interface Given {
  /** A positional argument; empty when it was optional and left out. */
  argument(index: number): string;
  text(option: string): string | undefined;
  /** @throws CliError (usage) when it is missing */
  required(option: string): string;
  flag(option: string): boolean;
  /** @throws CliError (usage) when it is no number, or outside the bounds */
  number(option: string, bounds?: { min: number; max: number }): number | undefined;
  /** Milliseconds of a span such as `14d`. @throws CliError (usage) */
  durationMs(option: string): number | undefined;
}

/** `retry-after` as commander names it: `retryAfter`. */
function keyOf(option: string): string {
  return option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Reads milliseconds of a span. @param what the option or argument, for the message */
export function spanMs(what: string, text: string): number {
  const value = parseDurationMs(text);
  if (value !== undefined) return value;
  throw usageError(`${what}: '${text}' is no span of time; write it such as 14d, 90s or 1h30m.`);
}

/** Wraps what commander parsed. */
export function createGiven(args: readonly string[], options: Readonly<Record<string, unknown>>): Given {
  const text = (option: string) => {
    const value = options[keyOf(option)];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    argument: (index) => args[index] ?? '',
    text,
    required(option) {
      const value = text(option);
      if (value === undefined) throw usageError(`--${option} is missing.`);
      return value;
    },
    flag: (option) => options[keyOf(option)] === true,
    number(option, { min, max } = { min: 0, max: Number.MAX_SAFE_INTEGER }) {
      const value = text(option);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (value.trim() !== '' && number >= min && number <= max) return number;
      throw usageError(`--${option}: '${value}' must be a number from ${min} to ${max}.`);
    },
    durationMs(option) {
      const value = text(option);
      return value === undefined ? undefined : spanMs(`--${option}`, value);
    },
  };
}
