import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createWorldClock } from '@moothall/core';
import { RENEW_BEFORE_MS, trustPaths } from '../trust/trust-folder.ts';
import type { Check } from './finding.ts';

/** Until when the certificate of the TLS port is valid, where `moot trust` made one. */
export const certificateCheck: Check = {
  name: 'certificate',
  async run({ dataDir }) {
    const { server } = trustPaths(dataDir);
    if (!existsSync(server.certificate))
      return { status: 'ok', detail: 'none; moot trust makes one for the TLS port' };
    const { validTo } = new X509Certificate(readFileSync(server.certificate));
    const leftMs = Date.parse(validTo) - createWorldClock().nowMs();
    if (leftMs > RENEW_BEFORE_MS) return { status: 'ok', detail: `valid until ${validTo}` };
    const remedy = 'Run moot trust again, and start the server anew.';
    if (leftMs > 0) return { status: 'warn', detail: `valid until ${validTo}`, remedy };
    return { status: 'fail', detail: `it ended on ${validTo}`, remedy };
  },
};
