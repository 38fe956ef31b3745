/** What goes on after a reply that nobody waits for. */
export interface Afterwards {
  /** Takes work in hand; it must not reject. */
  add(work: Promise<void> | undefined): void;
  /** Resolves when the work at hand has ended. */
  settled(): Promise<void>;
}

/** Keeps count of such work, so that an idle platform is one that has written down everything. */
export function createAfterwards(): Afterwards {
  const inHand = new Set<Promise<void>>();
  return {
    add(work) {
      if (!work) return;
      inHand.add(work);
      void work.finally(() => inHand.delete(work));
    },
    async settled() {
      await Promise.all(inHand);
    },
  };
}
