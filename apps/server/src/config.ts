import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { createWorldClock } from '@moothall/core';
import type { z } from 'zod';
import { foreignVariables, type SettingSpec, settingsTable } from './settings-table.ts';
import { trustProblem } from './trust-certificate.ts';

/** The checked configuration of a server process. */
export type ServerConfig = {
  -readonly [Name in keyof typeof settingsTable]: z.output<(typeof settingsTable)[Name]['schema']>;
} & { demo: boolean };

/** A configuration that cannot be started with; lists every mistake. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  /** @param problems one line each, naming the setting */
  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const specs = Object.entries(settingsTable) as [keyof typeof settingsTable, SettingSpec][];

function readFlags(argv: readonly string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(
    specs.flatMap(([, spec]) => (spec.flag ? [[spec.flag, { type: 'string' as const }]] : [])),
  );
  try {
    return parseArgs({
      args: [...argv],
      options: { ...options, 'no-demo': { type: 'boolean' } },
      strict: true,
    }).values;
  } catch (error) {
    throw new ConfigError([(error as Error).message]);
  }
}

function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = new Set<string>(specs.map(([, spec]) => spec.env));
  return Object.keys(env)
    .filter((name) => name.startsWith('MOOT_') && !known.has(name) && !foreignVariables.has(name))
    .map((name) => `${name}: there is no such setting`);
}

function certificateProblems(cert: string, key: string): string[] {
  try {
    createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) });
    return [];
  } catch (error) {
    return [`MOOT_TLS_CERT, MOOT_TLS_KEY: no certificate with its key, in PEM: ${(error as Error).message}`];
  }
}

function tlsPortProblems({ tlsPort, port, data }: ServerConfig): string[] {
  if (tlsPort === undefined) return [];
  if (tlsPort === port && port !== 0)
    return ['MOOT_TLS_PORT (--tls-port): it is the port of MOOT_PORT (--port); choose another'];
  // Certificates are judged by the machine's time, whatever the world's clock says.
  const problem = trustProblem(data, createWorldClock().nowMs());
  return problem ? [`MOOT_TLS_PORT (--tls-port): ${problem}`] : [];
}

/** Whether other processes work on the same database: this one is a part, or is told how to wake others. */
export function isShared({ databaseUrl, services, natsUrl }: ServerConfig): boolean {
  return databaseUrl !== undefined && (services.length < 3 || natsUrl !== undefined);
}

/** Rules between settings. */
function contradictions(config: ServerConfig): string[] {
  const problems: string[] = [];
  const production = config.mode === 'production';
  if (production && !config.publicUrl)
    problems.push('MOOT_PUBLIC_URL (--public-url): required in production');
  if (config.databaseUrl && !config.secretKey && (production || isShared(config)))
    problems.push(
      'MOOT_SECRET_KEY: required with MOOT_DATABASE_URL in production and with several processes',
    );
  if (production && config.world) problems.push('MOOT_WORLD (--world): world files are for the lab');
  if (config.services.length < 3 && !config.databaseUrl)
    problems.push('MOOT_SERVICES (--services): several processes need MOOT_DATABASE_URL');
  if (config.natsUrl && !config.databaseUrl)
    problems.push('MOOT_NATS_URL: it is for several processes, which need MOOT_DATABASE_URL; leave it out');
  if (Boolean(config.tlsCert) !== Boolean(config.tlsKey))
    problems.push('MOOT_TLS_CERT, MOOT_TLS_KEY: give both or none');
  else if (config.tlsCert && config.tlsKey)
    problems.push(...certificateProblems(config.tlsCert, config.tlsKey));
  problems.push(...tlsPortProblems(config));
  if (config.smtpUrl && !config.mailFrom)
    problems.push('MOOT_MAIL_FROM: required with MOOT_SMTP_URL, such as "Moothall <moot@example.com>"');
  if (config.s3Url)
    problems.push('MOOT_S3_URL: S3 blobs are not built yet; leave it out to keep files in the data folder');
  return problems;
}

/**
 * Reads options, then the environment, then defaults.
 * @throws ConfigError with every problem: unknown names, bad values, contradictions
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv): ServerConfig {
  const flags = readFlags(argv);
  const problems = unknownVariables(env);
  const values: Record<string, unknown> = { demo: flags['no-demo'] !== true };
  for (const [name, spec] of specs) {
    const given = (spec.flag && flags[spec.flag]) || env[spec.env] || undefined;
    const result = spec.schema.safeParse(given);
    if (result.success) values[name] = result.data;
    else
      problems.push(
        ...result.error.issues.map(
          ({ message }) => `${spec.env}${spec.flag ? ` (--${spec.flag})` : ''}: ${message}`,
        ),
      );
  }
  const config = values as ServerConfig;
  if (problems.length === 0) problems.push(...contradictions(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The options, one a line, for `npm start -- --help`. */
export function usage(): string {
  const options = specs.flatMap(([, { flag, env, what }]) =>
    flag ? [`  --${flag.padEnd(12)} ${what} (${env})`] : [],
  );
  const noDemo = `  --${'no-demo'.padEnd(12)} Start without the demo world`;
  return ['Usage: npm start -- [options]', ...options, noDemo, 'More: docs/reference/configuration.md'].join(
    '\n',
  );
}

/** The configuration as lines for the log and the screen, secrets masked. */
export function describeConfig(config: ServerConfig): Record<string, string> {
  const shown = specs.filter(([name]) => config[name] !== undefined);
  return Object.fromEntries(
    shown.map(([name, spec]) => [spec.env, spec.secret ? '***' : JSON.stringify(config[name])]),
  );
}
