/** Services whose address lies below the caller's base, and where. */
const paths = {
  apheleia: '/apheleia/api/v1',
  atlas: '/admin/api/v1',
  avatar: '/avatar/api/v1',
  board: '/board/api/v1',
  calliopeDiscovery: '/calliope/api/discovery/v1',
  clientLogs: '/logs/api/v1',
  conversation: '/conversation/api/v1',
  datachannel: '/datachannel/api/v1',
  encryption: '/encryption/api/v1',
  feature: '/feature/api/v1',
  files: '/files/api/v1',
  hydra: '/v1/',
  idbroker: '',
  identity: '',
  identityLookup: '/conversation/api/v1',
  locus: '/locus/api/v1',
  mercuryApi: '/mercury/api/v1',
  metrics: '/metrics/api/v1',
  u2c: '/u2c/api/v1',
  unifiedTelemetry: '/metrics/api/v1',
  userPreferences: '/conversation/api/v1',
  wdm: '/wdm/api/v1',
  'webex-appapi-service': '/wbxappapi/v1',
} as const;

/** The base of sockets of a base URL: `ws` for `http`, `wss` for `https`. */
export function socketBaseOf(baseUrl: string): string {
  return baseUrl.replace(/^http/, 'ws');
}

/**
 * Addresses of all services under the base by which the caller came. Some are not built yet: a program that finds
 * no link waits for one until its time is over, while one that asks is told at once.
 */
export function serviceLinksOf(baseUrl: string): Record<string, string> {
  const links = Object.entries(paths).map(([name, path]) => [name, baseUrl + path]);
  return { ...Object.fromEntries(links), mercury: `${socketBaseOf(baseUrl)}/mercury` };
}

/** Clusters of the official SDK begin with this one for the region `us`, which all ids of ours name. */
export const CLUSTER = 'urn:TEAM:us-east-2_a';
