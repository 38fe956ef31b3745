import { limitLedger } from './limit-ledger.data.ts';

/** Name of a limit. */
export type LimitName = keyof typeof limitLedger;

/** The limits in force in one world. */
export interface Limits {
  /** The value in the ledger's unit. */
  get(name: LimitName): number;
}

/**
 * Limits with the operator's overrides.
 * @throws RangeError naming the first override that is unknown or not a positive number
 */
export function createLimits(overrides: Record<string, number> = {}): Limits {
  for (const [name, value] of Object.entries(overrides)) {
    if (!(name in limitLedger)) throw new RangeError(`unknown limit '${name}'`);
    if (!(Number.isFinite(value) && value > 0))
      throw new RangeError(`limit '${name}' must be a positive number`);
  }
  return { get: (name) => overrides[name] ?? limitLedger[name].value };
}
