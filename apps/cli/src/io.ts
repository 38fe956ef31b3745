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

function abortOnSignals(controller: AbortController): void {
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
}

/** The process itself. A reader of our output that goes away early, such as `head`, ends the command without noise. */
export function processIo(): Io {
  const ending = new AbortController();
  let listening = false;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => ending.abort());
  return {
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interrupted() {
      if (!listening) abortOnSignals(ending);
      listening = true;
      return ending.signal;
    },
  };
}
