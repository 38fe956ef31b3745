import { parseSmtpUrl, signInUrl } from '@moothall/platform';
import type { ServerConfig } from './config.ts';
import type { Listening } from './open-platform.ts';
import { authorityPath } from './trust-certificate.ts';

function mailLine({ mode, smtpUrl, mailFrom }: ServerConfig, baseUrl: string): string {
  if (smtpUrl) {
    const { host, port } = parseSmtpUrl(smtpUrl);
    return `Mail           by ${host}:${port} as ${mailFrom}`;
  }
  if (mode === 'lab') return `Mail           is not sent; GET ${baseUrl}/lab/v1/mails shows it`;
  return 'Mail           IS NOT SENT: invitations and links to new passwords stay in the outbox until MOOT_SMTP_URL is set';
}

/** What a start prints before its last line, `ready <base URL>`. */
export function bannerLines(
  config: ServerConfig,
  behaviour: string,
  { baseUrl, localUrl, tlsAddress }: Listening,
  labKey: string | undefined,
): string[] {
  const lines = [`Moothall, ${config.mode} mode, behaviour ${behaviour}`, `URL            ${baseUrl}`];
  if (localUrl !== baseUrl) lines.push(`Listens on     ${localUrl}`);
  lines.push(`REST           ${baseUrl}/v1`);
  lines.push(`SDK settings   HYDRA_SERVICE_URL=${baseUrl}/v1 U2C_SERVICE_URL=${baseUrl}/u2c/api/v1`);
  if (tlsAddress)
    lines.push(`Drop-in        ${tlsAddress} over TLS; programs trust ${authorityPath(config.data)}`);
  if (labKey) lines.push(`Lab            ${baseUrl}/lab/v1 with Authorization: Bearer ${labKey}`);
  if (config.natsUrl) lines.push(`Wake-ups       by NATS at ${new URL(config.natsUrl).host}`);
  if (config.services.includes('worker')) lines.push(mailLine(config, baseUrl));
  return lines;
}

const MOST_LINKS = 30;

type SignInPerson = { email: string; signInToken?: string };

/** Links of the lab that sign in to the pages, one for each person of the world. */
export function signInLines(people: readonly SignInPerson[], baseUrl: string): string[] {
  const links = people.flatMap(({ email, signInToken }) =>
    signInToken === undefined ? [] : [`  ${email}  ${signInUrl(baseUrl, signInToken)}`],
  );
  if (links.length === 0) return [];
  const more = links.length > MOST_LINKS ? [`  and ${links.length - MOST_LINKS} more`] : [];
  return [
    'Sign in to the pages as (in the lab a link works again and again)',
    ...links.slice(0, MOST_LINKS),
    ...more,
  ];
}
