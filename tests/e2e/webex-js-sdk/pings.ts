import type { Page } from 'playwright-core';

/** What went over the sockets of a page. */
export type SeenPings = {
  /** URLs of the sockets. */
  sockets: string[];
  /** Ids of the pings that the page sent. */
  pings: string[];
  /** Ids of the pongs that came. */
  pongs: string[];
};

/** Notes the pings and pongs of all sockets that a page opens from now on. */
export function watchPings(page: Page): SeenPings {
  const seen: SeenPings = { sockets: [], pings: [], pongs: [] };
  const note =
    (type: string, ids: string[]) =>
    ({ payload }: { payload: string | Buffer }) => {
      const frame = JSON.parse(String(payload)) as { type?: string; id: string };
      if (frame.type === type) ids.push(frame.id);
    };
  page.on('websocket', (socket) => {
    seen.sockets.push(socket.url());
    socket.on('framesent', note('ping', seen.pings));
    socket.on('framereceived', note('pong', seen.pongs));
  });
  return seen;
}
