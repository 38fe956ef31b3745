import { isIP } from 'node:net';
import { createWorldClock } from '@moothall/core';
import { usageError } from '../cli-error.ts';
import type { Call, Command, Outcome } from '../command.ts';
import { cloudHostNames, hostsLines } from '../trust/cloud-names.ts';
import type { Kept } from '../trust/trust-folder.ts';

function addressOf({ given }: Call): string {
  const address = given.text('address') ?? '127.0.0.1';
  if (isIP(address) === 0) throw usageError(`--address: '${address}' is no IP address such as 127.0.0.1.`);
  return address;
}

function documentOf({ action, path, expires }: Kept) {
  return { path, action, expires: expires.toISOString() };
}

/** Makes the local certificate authority of drop-in mode and the server's certificate, and tells how to use them. */
export const trust: Command = {
  name: 'trust',
  summary:
    "Make a local CA and a server certificate for the cloud's host names in the data folder, and tell how to use them; again, it keeps the CA and renews a certificate that is near its end",
  options: [
    ['--hosts', 'print the lines for a hosts file and do nothing else'],
    ['--address <address>', 'address of the server in those lines; 127.0.0.1 unless said'],
  ],
  needs: ['data'],
  examples: ['moot trust', 'moot trust --hosts --address 192.168.1.20', 'moot trust --data /srv/moot --json'],
  async run(call): Promise<Outcome> {
    const address = addressOf(call);
    const hosts = Object.fromEntries(cloudHostNames.map((name) => [name, address]));
    if (call.given.flag('hosts')) return { document: { hosts }, text: hostsLines(address) };
    const { ensureTrust } = await import('../trust/trust-folder.ts');
    const { describeTrust } = await import('../trust/trust-steps.ts');
    // Certificates are judged by programs with the time of their machines, whatever the world's clock says.
    const done = await ensureTrust(call.dataDir, createWorldClock().nowMs());
    return {
      document: { ca: documentOf(done.authority), certificate: documentOf(done.server), hosts },
      text: describeTrust(done, call.dataDir),
    };
  },
};
