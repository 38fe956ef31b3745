import { type Logger, pino } from 'pino';
import type { ServerConfig } from './config.ts';

const SECRET_KEYS = [
  'token',
  'accessToken',
  'authorization',
  'password',
  'secret',
  'clientSecret',
  'labKey',
  'secretKey',
  'cookie',
];

/** JSON lines on standard error; values of keys that name secrets are masked at any of the first levels. */
export function createLog(config: ServerConfig): Logger {
  const level = config.logLevel ?? (config.mode === 'production' ? 'info' : 'warn');
  const paths = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino(
    { level, redact: { paths, censor: '***' }, base: null },
    pino.destination({ dest: 2, sync: false }),
  );
}
