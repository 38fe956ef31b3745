import { readFileSync } from 'node:fs';
import type { HttpSettings } from '@moothall/http';
import { beginWorld, createPlatform, type Door, type Platform, type PlatformHooks } from '@moothall/platform';
import { createRealtime } from '@moothall/realtime';
import { projections, sdkPlane } from '@moothall/sdk-plane';
import type { DatabaseAddress } from '@moothall/store';
import type { Logger } from 'pino';
import { isShared, type ServerConfig } from './config.ts';
import { readTrustCertificate } from './trust-certificate.ts';
import { webDoor } from './web-door.ts';

/** What a world is served with. */
export type Serving = {
  config: ServerConfig;
  database: DatabaseAddress | Promise<DatabaseAddress>;
  blobFolder: string;
  secretKey: () => string;
  log: Logger;
  doors: readonly Door[];
  hooks: PlatformHooks;
};

/** A platform that does not listen yet. */
export type OpenedPlatform = {
  platform: Platform;
  /** Listens, and makes the address known to the world. */
  listen(port: number): Promise<Listening>;
};

/** Where a server answers: as clients call it, on this machine, and over TLS for the cloud's host names. */
export type Listening = { baseUrl: string; localUrl: string; tlsAddress?: string };

function httpSettings(config: ServerConfig, bodyLimitBytes: number): HttpSettings {
  return {
    bodyLimitBytes,
    checkReplies: config.mode === 'lab',
    secureHeaders: config.mode === 'production',
    supportContact: config.supportContact,
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    ...(config.trustedProxies && { trustedProxies: config.trustedProxies }),
    ...(config.tlsCert &&
      config.tlsKey && {
        tls: { cert: readFileSync(config.tlsCert, 'utf8'), key: readFileSync(config.tlsKey, 'utf8') },
      }),
  };
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

async function listenSecurely(
  { http }: Platform,
  { tlsPort, host, data }: ServerConfig,
): Promise<string | undefined> {
  if (tlsPort === undefined) return undefined;
  const address = await http.listenSecurely(host, tlsPort, readTrustCertificate(data));
  return `${hostInUrl(host)}:${address.port}`;
}

/** Opens a world and its platform; nothing listens or works yet. */
export async function openPlatform({ config, doors, hooks, ...serving }: Serving): Promise<OpenedPlatform> {
  const { world, migrated } = beginWorld({
    config: {
      mode: config.mode,
      behaviour: config.behaviour ?? 'faq',
      publicUrl: config.publicUrl ?? '',
      supportContact: config.supportContact,
      botDomain: 'webex.bot',
      rateLimits: config.mode === 'production',
    },
    ...serving,
    extraResources: sdkPlane,
    shared: isShared(config),
    ...(config.limits && { limitOverrides: config.limits }),
    ...(config.outboundAllow && { outboundAllow: config.outboundAllow }),
    ...(config.smtpUrl && config.mailFrom && { mail: { smtpUrl: config.smtpUrl, from: config.mailFrom } }),
  });
  const runs = (service: ServerConfig['services'][number]) => config.services.includes(service);
  const services = { api: runs('api'), realtime: runs('realtime'), worker: runs('worker') };
  const settings = httpSettings(config, world.limits.get('request.body'));
  const platform = createPlatform(world, settings, {
    services,
    doors: [
      ...(services.api ? [webDoor] : []),
      ...(services.realtime ? [createRealtime(projections)] : []),
      ...doors,
    ],
    hooks,
    ...(config.metricsToken && { metricsToken: config.metricsToken }),
    ...(config.natsUrl && { natsUrl: config.natsUrl }),
  });
  await platform.http.prepare();
  await migrated;
  return {
    platform,
    async listen(port) {
      const address = await platform.http.listen(config.host, port);
      const scheme = config.tlsCert ? 'https' : 'http';
      const localUrl = `${scheme}://${hostInUrl(config.host)}:${address.port}`;
      const baseUrl = config.publicUrl ?? localUrl;
      world.config.publicUrl = baseUrl;
      const tlsAddress = await listenSecurely(platform, config);
      return { baseUrl, localUrl, ...(tlsAddress && { tlsAddress }) };
    },
  };
}
