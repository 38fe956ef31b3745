/** An SDK that found its server by U2C_SERVICE_URL and HYDRA_SERVICE_URL alone, with the token of TOKEN. */
import { createRequire } from 'node:module';

const Webex = createRequire(import.meta.url)('webex');

/** Prints a line that the test reads. */
export function print(step, facts = {}) {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}

/** Starts an SDK and waits until it has read the catalog. */
export async function start(credentials = { access_token: process.env.TOKEN }, config = {}) {
  const webex = Webex.init({ credentials, config: { logger: { level: 'error' }, ...config } });
  if (!webex.ready) await new Promise((resolve) => webex.once('ready', resolve));
  return webex;
}

/**
 * Waits for what an SDK does by itself as it starts: a key for its calendar, over a registration and a socket. Whoever
 * unregisters earlier is registered again behind their back, when the key is asked for once more.
 */
export async function settled(webex) {
  const { calendar, encryption } = webex.internal;
  while (!calendar.encryptionKeyUrl) await new Promise((resolve) => setTimeout(resolve, 10));
  await encryption.getKey(calendar.encryptionKeyUrl, { onBehalfOf: null });
}
