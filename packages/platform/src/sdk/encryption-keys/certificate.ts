import { webcrypto } from 'node:crypto';
import type { World } from '../../world.ts';
import { kmsHost } from './key-uris.ts';

const SIGNING = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;
const SERIAL_BYTES = 16;

function serialNumber(world: World): string {
  const bytes = Buffer.from(world.random(SERIAL_BYTES));
  // Without the first bit it is a positive number.
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

/** A new RSA key pair and a certificate that says of it, by itself, that it is the key service's. */
export type CertifiedKey = {
  /** `kty`, `n`, `e` and `x5c`. */
  publicJwk: Record<string, unknown>;
  /** PKCS #8 in PEM. */
  privatePem: string;
};

/** Makes a key pair and its certificate, which lives for `kms.certificate_lifetime` by the world's clock. */
export async function makeCertifiedKey(world: World): Promise<CertifiedKey> {
  // Loaded at the first use: hardly any start needs them. The library asks for the polyfill.
  await import('reflect-metadata');
  const { SubjectAlternativeNameExtension, X509CertificateGenerator } = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(SIGNING, true, ['sign', 'verify']);
  const notBefore = world.clock.now();
  const lifetimeMs = world.limits.get('kms.certificate_lifetime') * 1000;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(world),
    name: `CN=${kmsHost}`,
    notBefore,
    notAfter: new Date(notBefore.getTime() + lifetimeMs),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: kmsHost }])],
  });
  const { kty, n, e } = await webcrypto.subtle.exportKey('jwk', keys.publicKey);
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    publicJwk: { kty, n, e, x5c: [Buffer.from(certificate.rawData).toString('base64')] },
    privatePem: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`,
  };
}
