/** Commands of one kind that share commits. */
export interface GroupCommit<Command, Result> {
  /** Resolves after the commit that holds the command; rejects for this command alone. */
  submit(command: Command): Promise<Result>;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
}

type Entry<Command, Result> = {
  command: Command;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Group commit: everything queued since the last commit goes into the next one. There is no
 * timer, the commit's own disk write is the window, so that an idle queue commits at once.
 * When a shared commit fails, its commands are tried one by one, so that none fails for its neighbour.
 * @param flush writes commands in one commit and answers in their order
 * @param cap commands of one commit at most
 */
export function createGroupCommit<Command, Result>(
  flush: (commands: readonly Command[]) => Promise<readonly Result[]>,
  cap = 512,
): GroupCommit<Command, Result> {
  let queue: Entry<Command, Result>[] = [];
  let running: Promise<void> | undefined;

  async function one(entry: Entry<Command, Result>): Promise<void> {
    try {
      entry.resolve((await flush([entry.command]))[0]!);
    } catch (error) {
      entry.reject(error);
    }
  }

  async function together(entries: readonly Entry<Command, Result>[]): Promise<void> {
    try {
      const results = await flush(entries.map((entry) => entry.command));
      for (let index = 0; index < entries.length; index++) entries[index]!.resolve(results[index]!);
    } catch {
      for (const entry of entries) await one(entry);
    }
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const entries = queue.slice(0, cap);
      queue = queue.slice(cap);
      await (entries.length === 1 ? one(entries[0]!) : together(entries));
    }
    running = undefined;
  }

  return {
    submit(command) {
      return new Promise((resolve, reject) => {
        queue.push({ command, resolve, reject });
        running ??= drain();
      });
    },
    async idle() {
      await running;
    },
  };
}
