import type { Kept, Trust } from './trust-folder.ts';

function line(what: string, { action, path, expires }: Kept): string {
  return `${what.padEnd(12)} ${path} (${action}; valid until ${expires.toISOString().slice(0, 10)})\n`;
}

/** How programs and machines are told to trust a certificate authority; nothing of it is done here. */
function waysToTrust(ca: string): readonly (readonly [string, string])[] {
  return [
    ['Node', `NODE_EXTRA_CA_CERTS=${ca}`],
    ['Python', `REQUESTS_CA_BUNDLE=${ca} SSL_CERT_FILE=${ca} (the only CA of the program then)`],
    ['Go', `SSL_CERT_FILE=${ca} (likewise)`],
    ['curl', `curl --cacert ${ca}`],
    ['Java', `keytool -importcert -noprompt -alias moothall -file ${ca} -keystore truststore.p12`],
    ['Debian', `cp ${ca} /usr/local/share/ca-certificates/moothall.crt && update-ca-certificates`],
    ['Fedora', `cp ${ca} /etc/pki/ca-trust/source/anchors/moothall.pem && update-ca-trust`],
    ['macOS', `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${ca}`],
    ['Windows', `certutil -user -addstore Root ${ca}`],
  ];
}

/** What was done, and what is left to do by hand, for people. */
export function describeTrust({ authority, server }: Trust, dataDir: string): string {
  const ways = waysToTrust(authority.path).map(([what, how]) => `     ${what.padEnd(8)} ${how}\n`);
  return [
    line('CA', authority),
    line('Certificate', server),
    '\nThis machine was not changed. What is left:\n\n',
    '  1. Start the server, anew when it runs, with a TLS port; hosts files have no ports, so it is 443:\n',
    `     npm start -- --data ${dataDir} --tls-port 443\n`,
    "  2. On each machine whose programs shall come here, lead the cloud's names to the server:\n",
    '     moot trust --hosts | sudo tee -a /etc/hosts\n',
    '  3. Let those programs, or their machine, trust the CA; it can vouch for these names only:\n',
    ...ways,
  ].join('');
}
