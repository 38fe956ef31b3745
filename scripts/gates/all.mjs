import { deadCode } from './dead-code.mjs';
import { docs } from './docs.mjs';
import { format } from './format.mjs';
import { imports } from './imports.mjs';
import { leftovers } from './leftovers.mjs';
import { lock } from './lock.mjs';
import { names } from './names.mjs';
import { promises } from './promises.mjs';
import { sizes } from './sizes.mjs';
import { sqlTime } from './sql-time.mjs';
import { types } from './types.mjs';

/**
 * Every gate: `run(root)` resolves to its findings, one a line; none means that it passed. The slow ones first.
 * @type {Array<{name: string, run: (root: string) => Promise<string[]>}>}
 */
export const gates = [
  types,
  promises,
  deadCode,
  imports,
  format,
  sizes,
  docs,
  sqlTime,
  leftovers,
  names,
  lock,
];
