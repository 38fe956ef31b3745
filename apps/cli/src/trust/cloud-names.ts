/**
 * Host names of the cloud that a hosts file points at this server, by what programs ask there (as observed). Files of
 * this kind know no wildcards; further names of these domains may be added, the certificate holds them all.
 */
const cloudHosts: readonly (readonly [names: readonly string[], what: string])[] = [
  [['webexapis.com', 'api.ciscospark.com', 'hydra-a.wbx2.com'], 'REST and OAuth'],
  [['idbroker.webex.com', 'identity.webex.com'], 'OAuth of the SDKs'],
  [['u2c.wbx2.com', 'ds.ciscospark.com'], 'where SDKs find services and their region'],
  [['wdm-a.wbx2.com', 'wdm-r.wbx2.com'], 'device registrations, which name the socket'],
  [['conv-a.wbx2.com', 'conv-r.wbx2.com'], 'conversations'],
  [['encryption-a.wbx2.com', 'apheleia-a.wbx2.com'], 'keys and presence'],
  [['metrics-a.wbx2.com', 'client-logs-a.wbx2.com'], 'what programs tell of themselves'],
];

/** Domains for which the certificate authority may speak, with all names below them; it can vouch for no other name. */
export const cloudDomains = [
  'webexapis.com',
  'ciscospark.com',
  'wbx2.com',
  'webex.com',
  'localhost',
] as const;

/** Names of the server's certificate; a star stands for one label. */
export const certificateNames: readonly string[] = cloudDomains.flatMap((domain) =>
  domain === 'localhost' ? [domain] : [domain, `*.${domain}`],
);

/** All names that a hosts file gets. */
export const cloudHostNames: readonly string[] = cloudHosts.flatMap(([names]) => names);

/** Lines for a hosts file that lead the cloud's names to an address. */
export function hostsLines(address: string): string {
  return cloudHosts.map(([names, what]) => `${address} ${names.join(' ')} # ${what}\n`).join('');
}
