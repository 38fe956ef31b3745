import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Door, DoorPart, World } from '@moothall/platform';
import { type WebSocket, WebSocketServer } from 'ws';
import { Connection, type SocketRequest } from './connection.ts';
import type { Projection } from './frame.ts';
import { Transport } from './transport.ts';

const PATH =
  /^\/+mercury\/v1\/apps\/[^/]+\/registrations\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/messages\/?$/i;

function baseOf(world: World, request: IncomingMessage): string {
  const { host } = request.headers;
  if (world.config.mode === 'production' || host === undefined) return world.config.publicUrl;
  const isSecure = (request.socket as Partial<TLSSocket>).encrypted === true;
  return `${isSecure ? 'https' : 'http'}://${host}`;
}

/** What a request to change the protocol asks for; undefined when it is not for here. */
function readRequest(world: World, request: IncomingMessage): SocketRequest | undefined {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const registrationId = PATH.exec(path)?.[1]?.toLowerCase();
  if (registrationId === undefined) return undefined;
  const asked = new URLSearchParams(query);
  const cursor = asked.get('cursor');
  return {
    registrationId,
    baseUrl: baseOf(world, request),
    wantsCursor: cursor !== null || asked.has('resume'),
    isOneOfMany: asked.get('multipleConnections') === 'true',
    ...(cursor !== null && { cursor }),
  };
}

/** Handlers are shared by all sockets, which are looked up by what they are called on. */
function handlersOf(transport: Transport) {
  const connections = new WeakMap<WebSocket, Connection>();
  function onMessage(this: WebSocket, data: Buffer): void {
    const connection = connections.get(this);
    if (connection) transport.take(connection, data);
  }
  function onClose(this: WebSocket): void {
    const connection = connections.get(this);
    if (connection) transport.forget(connection);
  }
  // A broken frame or line: the library closes the socket by itself, with its code.
  function onError(): void {}
  return (connection: Connection) => {
    const { webSocket } = connection;
    connections.set(webSocket, connection);
    webSocket.on('message', onMessage).on('close', onClose).on('error', onError);
    transport.add(connection);
  };
}

function measuresOf(transport: Transport): NonNullable<DoorPart['measures']> {
  return [
    {
      name: 'moot_sockets_open',
      help: 'Sockets that were let in',
      kind: 'gauge',
      value: () => transport.counts().open,
    },
    {
      name: 'moot_frames_sent_total',
      help: 'Frames of events sent to sockets',
      kind: 'counter',
      value: () => transport.counts().sent,
    },
    {
      name: 'moot_sockets_cut_total',
      help: 'Sockets cut off as they did not take what was sent',
      kind: 'counter',
      value: () => transport.counts().cut,
    },
  ];
}

/**
 * The door of the sockets: `/mercury/v1/apps/{app}/registrations/{id}/messages`. Official SDKs talk to it as to the
 * cloud; a client that asks with `resume` gets cursors and goes on by one (`docs/reference/realtime.md`).
 * @param projections what the event log becomes on sockets
 */
export function createRealtime(projections: readonly Projection[]): Door {
  return (door, { world }) => {
    const transport = new Transport(world, projections);
    const maxPayload = world.limits.get('realtime.frame_bytes');
    const server = new WebSocketServer({
      noServer: true,
      maxPayload,
      perMessageDeflate: false,
      clientTracking: false,
    });
    const begin = handlersOf(transport);
    door.onUpgrade((request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const asked = transport.isOpen ? readRequest(world, request) : undefined;
      if (!asked) return false;
      server.handleUpgrade(request, socket, head, (webSocket) =>
        begin(new Connection(webSocket, socket, asked, world.monotonicMs())),
      );
      return true;
    });
    return {
      start: () => transport.start(),
      stop: () => transport.stop(),
      caughtUp: () => transport.caughtUp(),
      measures: measuresOf(transport),
    };
  };
}
