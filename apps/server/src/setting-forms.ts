import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { limitLedger } from '@moothall/core';
import { parseMailFrom, parseSmtpUrl } from '@moothall/platform/mailer-settings';
import { natsOptions } from '@moothall/store';
import { z } from 'zod';

// Names of ranges that the HTTP server knows.
const namedRanges = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  if (!/^\d+$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

function isHostName(text: string): boolean {
  return /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(text);
}

/** An absolute http(s) URL; slashes at its end are taken off. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected a URL such as https://moot.example.com' })
  .transform((text) => text.replace(/\/+$/, ''));

/** A TCP port, or 0 for a free one. */
export const port = z.string().transform((text, context) => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  context.issues.push({ code: 'custom', message: 'expected a port from 0 to 65535', input: text });
  return z.NEVER;
});

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

function listOf(what: string, accepts: (entry: string) => boolean) {
  return list.superRefine((entries, context) => {
    for (const entry of entries) {
      if (!accepts(entry)) context.addIssue({ code: 'custom', message: `'${entry}' is no ${what}` });
    }
  });
}

/** Addresses and ranges, comma separated. */
export const proxies = listOf(
  'address or range such as 10.0.0.0/8',
  (entry) => namedRanges.has(entry) || isAddressOrRange(entry),
);

/** Host names, addresses and ranges, comma separated. */
export const hosts = listOf(
  'host name, address or range such as 10.0.0.0/8',
  (entry) => isAddressOrRange(entry) || isHostName(entry),
);

/** Services of a process, comma separated. */
export const services = list.pipe(
  z.array(z.enum(['api', 'realtime', 'worker'], { error: 'expected api, realtime, worker' })).min(1),
);

function readOverride(pair: string): [name: string, value: number] | string {
  const [name = '', value = ''] = pair.split('=').map((side) => side.trim());
  if (!(Number(value) > 0 && Number.isFinite(Number(value))))
    return `'${pair}': expected name=number, comma separated`;
  if (!Object.hasOwn(limitLedger, name)) return `there is no limit '${name}' in the ledger of limits`;
  return [name, Number(value)];
}

/** Overrides of the ledger: `name=number`, comma separated. */
export const limitOverrides = list.transform((pairs, context) => {
  const overrides: Record<string, number> = {};
  for (const pair of pairs) {
    const read = readOverride(pair);
    if (typeof read === 'string') context.issues.push({ code: 'custom', message: read, input: pair });
    else overrides[read[0]] = read[1];
  }
  return overrides;
});

/** Name of a file that can be read. */
export const readableFile = z
  .string()
  .min(1)
  .superRefine((path, context) => {
    try {
      readFileSync(path);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `it cannot be read: ${(error as Error).message}` });
    }
  });

/** URL of a PostgreSQL database. */
export const postgresUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    'expected a URL such as postgres://user@host/database',
  );

function isNatsUrl(text: string): boolean {
  if (!/^(nats|tls):\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, search, hash } = new URL(text);
  try {
    natsOptions(text);
  } catch {
    return false;
  }
  return hostname !== '' && !`${pathname}${search}${hash}`.replace(/^\/$/, '');
}

/** URL of a NATS server. */
export const natsUrl = z
  .string()
  .refine(isNatsUrl, 'expected a URL such as nats://user:password@host:4222 or tls://host:4222');

/** A text that a parser takes; what it throws is the problem's text. */
function parsedBy(parse: (text: string) => unknown) {
  return z.string().superRefine((text, context) => {
    try {
      parse(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });
}

/** URL of a mail server. */
export const smtpUrl = parsedBy(parseSmtpUrl);

/** Sender of mails: an address, or a name with the address in angle brackets. */
export const mailFrom = parsedBy(parseMailFrom);
