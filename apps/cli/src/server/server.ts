import { CliError, exitCodes } from '../cli-error.ts';
import type { Given } from '../given.ts';
import { type Reply, send } from './request.ts';
import { readServerFile } from './server-file.ts';

/** A running server as commands speak to it. Every method throws CliError: 3 out of reach, 1 refused. */
export interface Server {
  readonly baseUrl: string;
  /** An operation of the lab plane; the path is below `/lab/v1`. */
  lab(method: string, path: string, body?: unknown): Promise<Reply>;
  /** A REST operation as somebody; the path is below `/v1`. */
  rest(token: string, method: string, path: string, body?: unknown): Promise<Reply>;
}

type Settings = { given: Given; env: Readonly<Record<string, string | undefined>>; dataDir: string };
type Address = { baseUrl: string; labKey: string | undefined; mode: 'lab' | 'production' | undefined };

const NO_SERVER =
  'No running server was found. Start one with `npm start`, or name it: --url URL, MOOT_URL, or --data DIR of a server on this machine.';
const NO_KEY =
  "The lab's key is not known: give it with --lab-key or MOOT_LAB_KEY (the server prints it at its start).";
const NO_LAB = 'This server runs in production mode, which has no lab: use a server that runs in lab mode.';

function addressOf({ given, env, dataDir }: Settings): Address {
  const local = readServerFile(dataDir);
  const url = given.text('url') ?? env.MOOT_URL ?? local?.baseUrl;
  if (!url) throw new CliError(NO_SERVER, exitCodes.unreachable);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CliError(`--url: '${url}' must begin with http:// or https://.`, exitCodes.usage);
  }
  const baseUrl = url.replace(/\/+$/, '');
  // The key of the local server is for the local server.
  const own = local?.baseUrl === baseUrl || local?.publicUrl === baseUrl ? local : undefined;
  return { baseUrl, labKey: given.text('lab-key') ?? env.MOOT_LAB_KEY ?? own?.labKey, mode: own?.mode };
}

/**
 * Finds the server: `--url`, `MOOT_URL`, or the address file of the data folder.
 * @throws CliError 3 when there is none
 */
export function findServer(settings: Settings): Server {
  const { baseUrl, labKey, mode } = addressOf(settings);
  return {
    baseUrl,
    async lab(method, path, body) {
      if (mode === 'production') throw new CliError(NO_LAB);
      if (!labKey) throw new CliError(NO_KEY);
      return send({ method, url: `${baseUrl}/lab/v1${path}`, bearer: labKey, body });
    },
    rest: (token, method, path, body) => send({ method, url: `${baseUrl}/v1${path}`, bearer: token, body }),
  };
}
