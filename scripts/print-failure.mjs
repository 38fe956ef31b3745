const defects = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * Prints why a command cannot go on: the words of the error, and where it arose when it is a defect of ours.
 * @param {unknown} error
 */
export function printFailure(error) {
  const isDefect = defects.some((kind) => error instanceof kind);
  console.error(error instanceof Error && !isDefect ? error.message : error);
}
