import type { Server } from 'node:http';

const SWEEP_INTERVAL_MS = 50;
const CUT_AFTER_MS = 3000;

/** Waits for the end of servers: their idle connections are closed at once, all others after 3 s. */
export async function endWith(servers: readonly Server[], close: () => Promise<unknown>): Promise<void> {
  // Connections that were busy when the door closed are idle only later, and would be kept for their next request.
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, SWEEP_INTERVAL_MS);
  const cut = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, CUT_AFTER_MS);
  await close().finally(() => {
    clearInterval(sweep);
    clearTimeout(cut);
  });
}
