/** What a command may touch of its process. */
export type Io = {
  env: Readonly<Record<string, string | undefined>>;
  /** Writes to the standard output, as it is. */
  out(text: string): void;
  /** Writes to the standard error, as it is. */
  err(text: string): void;
  /** Aborts when the user asks the command to end (Ctrl+C, or SIGTERM); from then on the signal does not kill. */
  interrupted(): AbortSignal;
};

function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

/** The process itself. A reader of our output that goes away early, such as `head`, is no error. */
export function processIo(): Io {
  let signal: AbortSignal | undefined;
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount('error') === 0) stream.on('error', () => {});
  }
  return {
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interrupted() {
      signal ??= abortOnSignals();
      return signal;
    },
  };
}
