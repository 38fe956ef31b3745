/** Runs works one after the other, each after the end of the one before. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Turns for what must not happen at once, such as a reset while the clock is advanced. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };
}
