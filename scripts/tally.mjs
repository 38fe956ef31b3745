const linePattern = /^(\d+) passed, (\d+) failed, (\d+) skipped$/gm;

/**
 * The one line that every suite ends with.
 * @param {{passed: number, failed: number, skipped: number}} counts
 * @returns {string}
 */
export function tallyLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Finds the last tally line of an output.
 * @param {string} output
 * @returns {{passed: number, failed: number, skipped: number} | undefined}
 */
export function parseTally(output) {
  const last = [...output.matchAll(linePattern)].at(-1);
  if (!last) return undefined;
  const [passed, failed, skipped] = last.slice(1).map(Number);
  return { passed, failed, skipped };
}

/**
 * Adds tallies up.
 * @param {Array<{passed: number, failed: number, skipped: number}>} tallies
 * @returns {{passed: number, failed: number, skipped: number}}
 */
export function sumTallies(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) for (const key of Object.keys(total)) total[key] += tally[key];
  return total;
}
