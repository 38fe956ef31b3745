import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { TestPerson, TestPlatform } from './test-platform.ts';

/** A message as a client reads it. */
export type Said = {
  id?: string;
  type?: string;
  sequenceNumber?: number;
  cursor?: string;
  data: { eventType: string; reason?: string; activity?: Record<string, unknown> };
};

/** A socket as a program opens it. */
export type SdkSocket = {
  said: Said[];
  /** Resolves with the code and reason of its close. */
  closed: Promise<{ code: number; reason: string }>;
  send(frame: unknown): void;
  /** The first message that satisfies a test, from the first one on. */
  next(test: (said: Said) => boolean): Promise<Said>;
  webSocket: WebSocket;
};

const WAIT_MS = 20_000;

/** Registers a device of somebody. @returns where its socket is */
export async function registerDevice(
  kit: Pick<TestPlatform, 'baseUrl'>,
  person: Pick<TestPerson, 'token'>,
): Promise<{ id: string; url: string }> {
  const reply = await fetch(`${kit.baseUrl}/wdm/api/v1/devices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'test', deviceType: 'WEB', model: 'test' }),
  });
  const { webSocketUrl, url } = (await reply.json()) as { webSocketUrl: string; url: string };
  return { id: url.split('/').at(-1)!, url: webSocketUrl };
}

/** Opens a socket and says nothing yet. */
export async function openSocket(url: string): Promise<SdkSocket> {
  const webSocket = new WebSocket(url, { perMessageDeflate: false });
  const said: Said[] = [];
  let wake = () => {};
  webSocket.on('message', (data) => {
    said.push(JSON.parse(String(data)) as Said);
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    webSocket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise((resolve, reject) => webSocket.once('open', resolve).once('error', reject));
  return {
    said,
    closed,
    webSocket,
    send: (frame) => webSocket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    async next(test) {
      const deadlineMs = performance.now() + WAIT_MS;
      for (;;) {
        const found = said.find(test);
        if (found) return found;
        const leftMs = deadlineMs - performance.now();
        if (leftMs <= 0) throw new Error(`it was not said: ${JSON.stringify(said).slice(0, 2000)}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, leftMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
  };
}

/** The first frame of a client. */
export const authorization = (token: string) => ({
  id: randomUUID(),
  type: 'authorization',
  data: { token: `Bearer ${token}` },
});

/** Registers, opens a socket and is let in. @param query such as `resume=1` */
export async function listen(
  kit: Pick<TestPlatform, 'baseUrl'>,
  person: Pick<TestPerson, 'token'>,
  { query = '', device }: { query?: string; device?: { url: string } } = {},
): Promise<SdkSocket & { device: { id: string; url: string } }> {
  const registered = device ?? (await registerDevice(kit, person));
  const socket = await openSocket(`${registered.url}?${query}`);
  socket.send(authorization(person.token));
  await socket.next(({ data }) => data?.eventType === 'mercury.buffer_state');
  return { ...socket, device: registered as { id: string; url: string } };
}
