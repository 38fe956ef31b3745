import { main } from './main.ts';

/** What one run of the command line did. */
export type CliRun = { code: number; stdout: string; stderr: string };

/** A run that goes on until it is told to end. */
export type RunningCli = {
  /** What it has written so far. */
  stdout(): string;
  /** Ends it as Ctrl+C does and waits. */
  interrupt(): Promise<CliRun>;
};

/** Starts a command line in this process, with an environment of its own. */
export function startCli(
  argv: readonly string[],
  env: Record<string, string> = {},
): RunningCli & { ended: Promise<CliRun> } {
  let [stdout, stderr] = ['', ''];
  const interruption = new AbortController();
  const io = {
    env,
    out: (text: string) => {
      stdout += text;
    },
    err: (text: string) => {
      stderr += text;
    },
    interrupted: () => interruption.signal,
  };
  const ended = main(argv, io).then((code) => ({ code, stdout, stderr }));
  return {
    ended,
    stdout: () => stdout,
    interrupt() {
      interruption.abort();
      return ended;
    },
  };
}

/** Runs a command line in this process to its end. */
export function runCli(argv: readonly string[], env: Record<string, string> = {}): Promise<CliRun> {
  return startCli(argv, env).ended;
}

/** Runs with `--json` and reads the one document. @throws Error with the errors when it failed */
export async function runJson<Document>(
  argv: readonly string[],
  env: Record<string, string> = {},
): Promise<Document> {
  const { code, stdout, stderr } = await runCli([...argv, '--json'], env);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as Document;
}
