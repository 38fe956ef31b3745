/** A job that was just stored, as the worker that has its lane in hand may take it without reading it. */
export type HandedJob = { id: string; seq: number; runAt: Date };

/** What one transaction asked for in one lane, and the version that the lane has since. */
export type HandedBatch = { queue: string; lane: string; version: number; jobs: readonly HandedJob[] };

/** A lane in hand, which hears of what this process asks for in it. */
export interface LaneHand {
  /** The version up to which the holder knows of all jobs; one that no lane has when that is not known. */
  readonly version: number;
  /**
   * The jobs that follow those which are known, and come after a place; undefined when they are not here. Whoever
   * asks has read all that the lane held when it was taken in hand.
   */
  take(afterSeq: number): HandedJob[] | undefined;
  /** Resolves with whether there is something to take: at once, when it comes, or not in time. */
  wait(limitMs: number): Promise<boolean>;
  /** Hears no more. */
  leave(): void;
  /** Hears no more, and has lost what it took: the lane must be read again. */
  lose(): void;
}

/** The lanes that workers of this process have in hand. */
export interface HandedLanes {
  /** Takes a lane in hand, as of the version that was claimed. */
  hold(queue: string, lane: string, version: number): LaneHand;
  /** Gives a batch to whoever has its lane in hand. @returns false when nobody can go on with it */
  give(batch: HandedBatch): boolean;
  /** Lets all who wait in a queue go on with what they have. */
  hurry(queue: string): void;
}

const NO_VERSION = -1;
/** What waits in one lane at most; its worker reads the rest. */
const WAITING_MAX = 4096;

class Hand implements LaneHand {
  #batches: HandedBatch[] = [];
  #waiting = 0;
  #wake: (() => void) | undefined;

  constructor(
    public version: number,
    readonly leave: () => void,
  ) {}

  /** A version that is missing was another process's, or came before this one listened: all after it is read. */
  give(batch: HandedBatch): boolean {
    if (batch.version <= this.version) return true;
    const last = this.#batches.at(-1)?.version ?? this.version;
    if (batch.version !== last + 1 || this.#waiting + batch.jobs.length > WAITING_MAX) return false;
    this.#batches.push(batch);
    this.#waiting += batch.jobs.length;
    this.#wake?.();
    return true;
  }

  take(afterSeq: number): HandedJob[] | undefined {
    while (this.#batches.length > 0) {
      const { version, jobs } = this.#batches.shift()!;
      this.version = version;
      this.#waiting -= jobs.length;
      const unknown = jobs.filter(({ seq }) => seq > afterSeq);
      if (unknown.length > 0) return unknown;
    }
    return undefined;
  }

  async wait(limitMs: number): Promise<boolean> {
    if (this.#batches.length === 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = undefined;
    return this.#batches.length > 0;
  }

  lose(): void {
    this.version = NO_VERSION;
    this.#batches = [];
    this.leave();
  }

  hurry(): void {
    this.#wake?.();
  }
}

/** Makes the lanes in hand of one store. */
export function createHandedLanes(): HandedLanes {
  const queues = new Map<string, Map<string, Hand>>();
  return {
    hold(queue, lane, version) {
      const lanes = queues.get(queue) ?? new Map<string, Hand>();
      queues.set(queue, lanes);
      const hand: Hand = new Hand(version, () => {
        if (lanes.get(lane) === hand) lanes.delete(lane);
      });
      lanes.set(lane, hand);
      return hand;
    },
    give: (batch) => queues.get(batch.queue)?.get(batch.lane)?.give(batch) ?? false,
    hurry(queue) {
      for (const hand of queues.get(queue)?.values() ?? []) hand.hurry();
    },
  };
}
