import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';

/** Files of the authority and the certificate that `moot trust` makes in a data folder. */
function pathsOf(dataDir: string) {
  const folder = resolve(dataDir, 'trust');
  const at = (name: string) => join(folder, name);
  return { authority: at('ca.pem'), cert: at('server.pem'), key: at('server-key.pem') };
}

/** Where the certificate of the authority lies, which programs are told to trust. */
export function authorityPath(dataDir: string): string {
  return pathsOf(dataDir).authority;
}

/** The certificate of the TLS port and its key, in PEM. @throws Error when they cannot be read */
export function readTrustCertificate(dataDir: string): { cert: string; key: string } {
  const { cert, key } = pathsOf(dataDir);
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/**
 * Why the TLS port cannot be opened; undefined when nothing is wrong.
 * @param nowMs the machine's time, in milliseconds since 1970
 */
export function trustProblem(dataDir: string, nowMs: number): string | undefined {
  const remedy = `run: moot trust --data ${dataDir}`;
  try {
    const pair = readTrustCertificate(dataDir);
    createSecureContext(pair);
    const { validTo } = new X509Certificate(pair.cert);
    return Date.parse(validTo) > nowMs ? undefined : `its certificate ended on ${validTo}; ${remedy}`;
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = isAbsent ? 'it has no certificate yet' : `its certificate: ${(error as Error).message}`;
    return `${what}; ${remedy}`;
  }
}
