import { createWorld, type World, type WorldConfig } from '@moothall/platform';
import { sdkPlane } from '@moothall/sdk-plane';
import { createTransactionCheck, type DatabaseAddress } from '@moothall/store';
import { pino } from 'pino';

/** Settings of a world that a test may change. */
export type TestWorldOptions = {
  config?: Partial<WorldConfig>;
  limits?: Record<string, number>;
  logLevel?: string;
  /** The mail server that mails of the outbox go to; absent: they stay there. */
  mail?: { smtpUrl: string; from: string };
  /** Several platforms share the database. */
  shared?: boolean;
  /** Connections to the database at most. */
  maxConnections?: number;
  /** Let reads past an open transaction stand still instead of failing. */
  unchecked?: boolean;
};

/** Opens a world over a database as tests have it: lab mode, no log unless `MOOT_TEST_LOG` names a level. */
export function openTestWorld(
  address: DatabaseAddress,
  blobFolder: string,
  options: TestWorldOptions,
): Promise<World> {
  const config: WorldConfig = {
    mode: 'lab',
    behaviour: 'faq',
    publicUrl: 'http://127.0.0.1',
    supportContact: 'support@moothall.test',
    botDomain: 'webex.bot',
    rateLimits: false,
    ...options.config,
  };
  return createWorld({
    config,
    database: address,
    blobFolder,
    extraResources: sdkPlane,
    secretKey: 'a key for tests only',
    ...(!options.unchecked && { transactionCheck: createTransactionCheck() }),
    ...(options.maxConnections !== undefined && { maxConnections: options.maxConnections }),
    log: pino({ level: options.logLevel ?? process.env.MOOT_TEST_LOG ?? 'silent' }),
    ...(options.limits && { limitOverrides: options.limits }),
    ...(options.mail && { mail: options.mail }),
    ...(options.shared && { shared: true }),
  });
}
