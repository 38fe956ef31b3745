import { z } from 'zod';

/** Edit distance of two short words; enough to guess what a misspelt key meant. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}

/**
 * What a misspelt word meant: the known word that is nearest, within a third of its length.
 * @returns a sentence that tells it, or all known words
 */
export function hintFor(word: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, far: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.ceil(name.length / 3))
    .sort((a, b) => a.far - b.far)[0];
  if (near) return `did you mean '${near.name}'?`;
  return known.length === 0 ? 'there are none' : `known are: ${known.join(', ')}`;
}

/** An entry of the world file: an object whose unknown keys are refused with a hint. */
export function entry<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `unknown key '${key}': ${hintFor(key, known)}`).join('; ')
        : undefined,
  });
}
