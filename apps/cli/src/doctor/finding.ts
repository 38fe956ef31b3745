import type { Call } from '../command.ts';

/** What a check found: `warn` is worth knowing, `fail` needs the remedy. */
export type Finding = { check: string; status: 'ok' | 'warn' | 'fail'; detail: string; remedy?: string };

/** A check of the doctor; what it throws becomes a failure of its own. */
export type Check = { name: string; run(call: Call): Promise<Omit<Finding, 'check'>> };
