import { z } from 'zod';
import {
  hosts,
  httpUrl,
  limitOverrides,
  mailFrom,
  natsUrl,
  port,
  postgresUrl,
  proxies,
  readableFile,
  services,
  smtpUrl,
} from './setting-forms.ts';

/** One setting: where it is read from, its form, and what it is for. The reference page is made of these. */
export type SettingSpec = {
  env: `MOOT_${string}`;
  /** Name of the command-line option without its dashes; absent: environment only. */
  flag?: string;
  schema: z.ZodType;
  /** Printed as `***`. */
  secret?: boolean;
  what: string;
};

/** Every setting of the server. */
export const settingsTable = {
  port: {
    env: 'MOOT_PORT',
    flag: 'port',
    schema: port.default(7080),
    what: 'Port; 0 picks a free one',
  },
  host: {
    env: 'MOOT_HOST',
    flag: 'host',
    schema: z.string().min(1).default('127.0.0.1'),
    what: 'Address to listen on',
  },
  data: {
    env: 'MOOT_DATA',
    flag: 'data',
    schema: z.string().min(1).default('.moot'),
    what: 'Data folder: database, files, keys',
  },
  world: {
    env: 'MOOT_WORLD',
    flag: 'world',
    schema: z.string().min(1).optional(),
    what: 'World file, loaded into an empty data folder (lab)',
  },
  mode: {
    env: 'MOOT_MODE',
    flag: 'mode',
    schema: z.enum(['lab', 'production'], { error: 'expected lab or production' }).default('lab'),
    what: 'lab or production',
  },
  services: {
    env: 'MOOT_SERVICES',
    flag: 'services',
    schema: services.default(['api', 'realtime', 'worker']),
    what: 'Parts that this process runs',
  },
  publicUrl: {
    env: 'MOOT_PUBLIC_URL',
    flag: 'public-url',
    schema: httpUrl.optional(),
    what: 'Base of absolute URLs; required in production',
  },
  behaviour: {
    env: 'MOOT_BEHAVIOUR',
    flag: 'behaviour',
    schema: z.enum(['faq', 'cloud'], { error: 'expected faq or cloud' }).optional(),
    what: 'faq, or cloud where the public documents contradict the FAQ',
  },
  databaseUrl: {
    env: 'MOOT_DATABASE_URL',
    schema: postgresUrl.optional(),
    secret: true,
    what: 'Outside PostgreSQL 15 or newer; direct sessions; in the lab its role needs CREATEDB',
  },
  natsUrl: {
    env: 'MOOT_NATS_URL',
    schema: natsUrl.optional(),
    secret: true,
    what: 'NATS server by which processes that share the database wake each other: nats:// or tls://, with user:password@ or token@ where it asks for one; without it NOTIFY of PostgreSQL is used',
  },
  s3Url: {
    env: 'MOOT_S3_URL',
    schema: z.string().optional(),
    secret: true,
    what: 'S3-compatible blobs (not built yet)',
  },
  secretKey: {
    env: 'MOOT_SECRET_KEY',
    schema: z.string().min(16, 'expected at least 16 characters').optional(),
    secret: true,
    what: 'Key that encrypts secrets at rest; made in the data folder, but required with an outside database in production or with several processes',
  },
  labKey: {
    env: 'MOOT_LAB_KEY',
    schema: z.string().regex(/^\S+$/, 'expected a key without spaces').optional(),
    secret: true,
    what: 'Bearer key of /lab/v1; ignored in production',
  },
  supportContact: {
    env: 'MOOT_SUPPORT_CONTACT',
    schema: z.string().min(1).default('the operator of this server'),
    what: 'Shown where help is sought',
  },
  trustedProxies: {
    env: 'MOOT_TRUSTED_PROXIES',
    schema: proxies.optional(),
    what: 'Addresses or ranges whose X-Forwarded headers are believed',
  },
  outboundAllow: {
    env: 'MOOT_OUTBOUND_ALLOW',
    schema: hosts.optional(),
    what: 'Private hosts, addresses or ranges that webhooks and file URLs may reach',
  },
  smtpUrl: {
    env: 'MOOT_SMTP_URL',
    schema: smtpUrl.optional(),
    secret: true,
    what: 'Mail server: smtps://user:password@host:465, or smtp:// with STARTTLS; without one mails stay in the outbox',
  },
  mailFrom: {
    env: 'MOOT_MAIL_FROM',
    schema: mailFrom.optional(),
    what: 'Sender of mails, such as "Moothall <moot@example.com>"; required with MOOT_SMTP_URL',
  },
  tlsCert: {
    env: 'MOOT_TLS_CERT',
    schema: readableFile.optional(),
    what: 'Certificate file (PEM), with MOOT_TLS_KEY',
  },
  tlsKey: {
    env: 'MOOT_TLS_KEY',
    schema: readableFile.optional(),
    what: 'Key file (PEM), with MOOT_TLS_CERT',
  },
  tlsPort: {
    env: 'MOOT_TLS_PORT',
    flag: 'tls-port',
    schema: port.optional(),
    what: "Second port, over TLS, with the certificate of `moot trust` for the cloud's host names; 443 for programs that come by a hosts file",
  },
  logLevel: {
    env: 'MOOT_LOG_LEVEL',
    schema: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
        error: 'expected trace, debug, info, warn, error or silent',
      })
      .optional(),
    what: 'Log level; info in production, warn in the lab',
  },
  limits: {
    env: 'MOOT_LIMITS',
    schema: limitOverrides.optional(),
    what: 'Overrides of the ledger of limits: name=number,...',
  },
  metricsToken: {
    env: 'MOOT_METRICS_TOKEN',
    schema: z.string().min(16, 'expected at least 16 characters').optional(),
    secret: true,
    what: 'Bearer token of /metrics; without one it answers loopback only',
  },
} as const satisfies Record<string, SettingSpec>;

/** Variables of other parts of the project that may stand in the same environment. */
export const foreignVariables: ReadonlySet<string> = new Set([
  'MOOT_URL',
  'MOOT_TEST_DATABASE_URL',
  'MOOT_TEST_LOG',
  'MOOT_SPECS',
  'MOOT_FUZZ_RUNS',
  'MOOT_FUZZ_SEED',
]);
