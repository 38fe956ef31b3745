import type { Operation } from '@moothall/contract';
import * as clock from './clock/clock.contract.ts';
import * as faults from './faults/faults.contract.ts';
import * as inspector from './inspect/inspect.contract.ts';
import * as mails from './mails/lab-mails.contract.ts';
import * as signInLinks from './sign-in-links/sign-in-links.contract.ts';
import * as snapshots from './snapshots/snapshots.contract.ts';
import * as tokens from './tokens/lab-tokens.contract.ts';
import * as webhooks from './webhooks/lab-webhooks.contract.ts';

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'fullPath' in value;
}

/** Every operation of the lab plane, by its id, for the reference. */
export const labOperations: readonly Operation[] = [
  clock,
  faults,
  inspector,
  mails,
  signInLinks,
  snapshots,
  tokens,
  webhooks,
]
  .flatMap((contract) => Object.values<unknown>(contract))
  .filter(isOperation)
  .sort((a, b) => (a.id < b.id ? -1 : 1));
