import type { Given } from './given.ts';
import type { Io } from './io.ts';
import type { Server } from './server/server.ts';

/** Where a command finds what it works on; each brings its options. */
export type Need = 'data' | 'server' | 'lab' | 'rest';

/** What a command is called with. */
export type Call = {
  io: Io;
  given: Given;
  json: boolean;
  /** The data folder: `--data`, `MOOT_DATA`, or `.moot`. */
  dataDir: string;
  /** The running server, resolved when it is first asked for. */
  server(): Server;
};

/** What a command found or did: one JSON document, and the same for people. */
export type Outcome = {
  /** Printed as it is with `--json`: the body of the server's answer, or a document of our own. */
  document: string | Record<string, unknown>;
  /** For people; made of the document unless said. */
  text?: string;
  /** Exit code 1 although there is an answer, such as a doctor's bad news. */
  failed?: boolean;
};

/** A command: everything that help, parsing, the reference page and a run need. */
export type Command = {
  /** Words after `moot`, such as `clock advance`. */
  name: string;
  summary: string;
  /** Commander's notation and a description: `['<by>', 'a span such as 14d']`. */
  arguments?: readonly (readonly [string, string])[];
  /** Likewise: `['--rate <probability>', 'of 0 to 1']`. Options whose description begins with `required:` must be given. */
  options?: readonly (readonly [string, string])[];
  needs: readonly Need[];
  /** Command lines that work. */
  examples: readonly string[];
  /**
   * Does it. Undefined when it has written its own output, line by line.
   * @throws CliError
   */
  run(call: Call): Promise<Outcome | undefined>;
};
