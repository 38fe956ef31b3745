import { randomBytes, webcrypto } from 'node:crypto';
import { certificateNames, cloudDomains } from './cloud-names.ts';

/** A certificate with its key, both in PEM; the key as PKCS #8. */
export type Certified = { certificate: string; key: string };

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { ...KEY, hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
/** Programs on other machines may have clocks that are behind. */
const CLOCK_SKEW_MS = 3_600_000;
const CA_LIFETIME_DAYS = 3650;
// Some programs refuse a server's certificate that lives for more than 398 days, whoever signed it.
const SERVER_LIFETIME_DAYS = 397;
const NAME_CONSTRAINTS = '2.5.29.30';

/** Loaded when they are needed; the library asks for the polyfill. */
async function loadX509() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** The extension that limits the authority to the cloud's domains and to this machine. */
async function nameConstraints() {
  const { Extension } = await loadX509();
  const { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } = await import(
    '@peculiar/asn1-x509'
  );
  const { AsnConvert } = await import('@peculiar/asn1-schema');
  const bases = [
    ...cloudDomains.map((dNSName) => new GeneralName({ dNSName })),
    new GeneralName({ iPAddress: '127.0.0.0/8' }),
  ];
  const permittedSubtrees = new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base })));
  return new Extension(
    NAME_CONSTRAINTS,
    true,
    AsnConvert.serialize(new NameConstraints({ permittedSubtrees })),
  );
}

function serialNumber(): string {
  const bytes = randomBytes(16);
  // Without the first bit it is a positive number.
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const { PemConverter } = await loadX509();
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

/**
 * Makes a certificate authority for ten years, which can vouch for the cloud's names and this machine only.
 * @param nowMs milliseconds since 1970
 */
export async function makeAuthority(nowMs: number): Promise<Certified> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // Stores of certificates tell authorities apart by their names.
    name: `CN=Moothall local CA ${randomBytes(4).toString('hex')}`,
    notBefore: new Date(nowMs - CLOCK_SKEW_MS),
    notAfter: new Date(nowMs + CA_LIFETIME_DAYS * DAY_MS),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await nameConstraints(),
    ],
  });
  return { certificate: `${made.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

/**
 * Makes the server's certificate for 397 days, or for as long as its authority lives.
 * @param nowMs milliseconds since 1970
 */
export async function makeServerCertificate(authority: Certified, nowMs: number): Promise<Certified> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificate);
  const pkcs8 = x509.PemConverter.decodeFirst(authority.key);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, KEY, false, ['sign']);
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const names = certificateNames.map((value) => ({ type: 'dns' as const, value }));
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Moothall',
    issuer: issuer.subject,
    notBefore: new Date(nowMs - CLOCK_SKEW_MS),
    notAfter: new Date(Math.min(nowMs + SERVER_LIFETIME_DAYS * DAY_MS, issuer.notAfter.getTime())),
    signingAlgorithm: SIGNING,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([...names, { type: 'ip', value: '127.0.0.1' }]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${made.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}
