import type { z } from 'zod';
import type { catalogBody } from './catalog.contract.ts';
import { CLUSTER, serviceLinksOf } from './service-links.ts';

/** What a catalog is made for. */
export type CatalogRequest = {
  baseUrl: string;
  format: string | undefined;
  orgId: string;
  /** World time, in milliseconds since 1970. */
  nowMs: number;
};

const PRIORITY = 5;

/**
 * Hosts by the host of their links. The newer SDK looks under the host with its port, the older one without; both
 * append the port of the link to what they find.
 */
function hostCatalogOf(baseUrl: string) {
  const { host, hostname } = new URL(baseUrl);
  const entry = { host: hostname, ttl: -1, priority: PRIORITY };
  const entries = ['conversation', 'identityLookup'].map((name) => ({ ...entry, id: `${CLUSTER}:${name}` }));
  return Object.fromEntries([host, hostname].map((key) => [key, entries]));
}

function serviceMapOf({ baseUrl, orgId, nowMs }: CatalogRequest): z.input<typeof catalogBody> {
  const links = Object.entries(serviceLinksOf(baseUrl));
  const { hostname: host } = new URL(baseUrl);
  return {
    activeServices: Object.fromEntries(links.map(([name]) => [name, `${CLUSTER}:${name}`])),
    services: links.map(([serviceName, url]) => ({
      id: `${CLUSTER}:${serviceName}`,
      serviceName,
      serviceUrls: [{ baseUrl: url, host, priority: PRIORITY }],
    })),
    timestamp: String(nowMs),
    orgId,
    format: 'U2CV2',
  };
}

/** The catalog under the base by which the caller came, in the form that was asked for. */
export function presentCatalog(request: CatalogRequest): z.input<typeof catalogBody> {
  if (request.format === 'U2CV2') return serviceMapOf(request);
  const { baseUrl } = request;
  return { serviceLinks: serviceLinksOf(baseUrl), hostCatalog: hostCatalogOf(baseUrl), format: 'hostmap' };
}
