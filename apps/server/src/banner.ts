import type { ServerConfig } from './config.ts';
import type { Listening } from './open-platform.ts';

/** What a start prints before its last line, `ready <base URL>`. */
export function bannerLines(
  config: ServerConfig,
  behaviour: string,
  { baseUrl, localUrl }: Listening,
  labKey: string | undefined,
): string[] {
  const lines = [`Moothall, ${config.mode} mode, behaviour ${behaviour}`, `URL            ${baseUrl}`];
  if (localUrl !== baseUrl) lines.push(`Listens on     ${localUrl}`);
  lines.push(`REST           ${baseUrl}/v1`);
  lines.push(`SDK settings   HYDRA_SERVICE_URL=${baseUrl}/v1 U2C_SERVICE_URL=${baseUrl}/u2c/api/v1`);
  if (labKey) lines.push(`Lab            ${baseUrl}/lab/v1 with Authorization: Bearer ${labKey}`);
  if (config.natsUrl)
    lines.push('MOOT_NATS_URL is not used yet: processes wake each other through PostgreSQL');
  if (config.smtpUrl) lines.push('MOOT_SMTP_URL is not used yet: mail stays in the outbox');
  return lines;
}
