/** Pauses of which the last one can be cut short. */
export interface CancellablePause {
  /** Resolves after this time, or when it is cut short. @returns whether it came to its end */
  wait(ms: number): Promise<boolean>;
  cutShort(): void;
}

/** Nothing waits yet. A pause does not keep the process alive. */
export function createPause(): CancellablePause {
  let cut: () => void = () => {};
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(true), ms);
        timer.unref();
        cut = () => {
          clearTimeout(timer);
          resolve(false);
        };
      }),
    cutShort: () => cut(),
  };
}
