import type { RuleSource } from './errors.ts';

/** One row of the ledger of limits. */
export type LimitSpec = { value: number; unit: string; what: string; source: RuleSource };
