import { resolve } from 'node:path';
import { ClusterInUse, EmbeddedUnavailable, NatsUnavailable } from '@moothall/store';
import { ConfigError, type ServerConfig } from './config.ts';

type SystemError = Error & {
  code?: string;
  syscall?: string;
  hostname?: string;
  path?: string;
  port?: number;
};

// Of the network, and of PostgreSQL: authorization, no such database, no right to it.
const UNREACHABLE = /^(E[A-Z_]+|28...|3D000|42501|57P03)$/;

function tlsPortFailure({ code }: SystemError, { host, tlsPort }: ServerConfig): string | undefined {
  const at = `${host}:${tlsPort}`;
  if (code === 'EADDRINUSE')
    return `MOOT_TLS_PORT (--tls-port): ${at} is in use; stop the program that listens there, or set --host to an address of its own, such as 127.0.0.2`;
  if (code === 'EACCES')
    return `MOOT_TLS_PORT (--tls-port): this user may not listen on ${at}; allow it (on Linux: sysctl net.ipv4.ip_unprivileged_port_start=${tlsPort}), or choose a port above 1023 and forward ${tlsPort} to it`;
  return undefined;
}

function listenFailure(error: SystemError, config: ServerConfig): string | undefined {
  const { code, syscall, hostname } = error;
  if (config.tlsPort && syscall === 'listen' && error.port === config.tlsPort)
    return tlsPortFailure(error, config);
  const at = `${config.host}:${config.port}`;
  if (code === 'EADDRINUSE')
    return `MOOT_PORT (--port): ${at} is in use; stop the program that listens there, or choose another port (0 picks a free one)`;
  if (code === 'EACCES' && syscall === 'listen')
    return `MOOT_PORT (--port): this user may not listen on ${at}; choose a port above 1023`;
  if (code === 'EADDRNOTAVAIL' || (hostname !== undefined && hostname === config.host))
    return `MOOT_HOST (--host): '${config.host}' is no address of this machine`;
  return undefined;
}

function databaseFailure({ code = '', message }: SystemError, config: ServerConfig): string | undefined {
  if (!config.databaseUrl || !UNREACHABLE.test(code)) return undefined;
  // To reset and to save a world is to copy its database.
  const remedy = code === '42501' && config.mode === 'lab' ? '; in the lab its role needs CREATEDB' : '';
  return `MOOT_DATABASE_URL: the database cannot be used: ${message || code}${remedy}`;
}

function expectedMessage(error: SystemError, config: ServerConfig): string | undefined {
  const listening = listenFailure(error, config);
  if (listening) return listening;
  const { message, path } = error;
  if (error instanceof NatsUnavailable)
    return `MOOT_NATS_URL: the NATS server cannot be used: ${message}; start it, or leave the setting out`;
  if (path?.startsWith(resolve(config.data)))
    return `MOOT_DATA (--data): '${config.data}' cannot be used: ${message}`;
  return databaseFailure(error, config);
}

/**
 * What is printed when a start fails: what to do about it, or the whole trace where that is not known.
 * @param config absent when the configuration itself is wrong
 */
export function describeFailure(error: unknown, config?: ServerConfig): string {
  if (!(error instanceof Error)) return String(error);
  const explained =
    error instanceof ConfigError || error instanceof ClusterInUse || error instanceof EmbeddedUnavailable;
  // The lab, whose error this is, cannot be imported here.
  if (explained || error.name === 'WorldFileError') return error.message;
  const expected = config && expectedMessage(error, config);
  return expected ? `The server cannot start:\n  - ${expected}` : (error.stack ?? error.message);
}
