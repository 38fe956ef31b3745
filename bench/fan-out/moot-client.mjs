import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Agent, request } from 'undici';

const agent = new Agent({ connections: 64, pipelining: 1 });

async function call(url, token, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const reply = await request(url, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    dispatcher: agent,
  });
  const text = await reply.body.text();
  if (reply.statusCode >= 300) throw new Error(`${url}: ${reply.statusCode} ${text}`);
  return JSON.parse(text);
}

const MASKED = 0x80;
const TEXT_FRAME = 0x81;
const LENGTH_IN_2_BYTES = 126;

/** A text frame as clients send it: masked, here with zeros, which leave the text as it is. */
function textFrame(text) {
  const payload = Buffer.from(text);
  const short = payload.length < LENGTH_IN_2_BYTES;
  const length = short ? [payload.length] : [LENGTH_IN_2_BYTES, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([
    Buffer.from([TEXT_FRAME, MASKED | length[0], ...length.slice(1), 0, 0, 0, 0]),
    payload,
  ]);
}

/**
 * A WebSocket that hands on the bytes that come, frame heads and all: what a load costs is then the same for every
 * server, and none of it is spent on reading frames.
 */
async function openSocket(url, onData) {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  const head = await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject));
  if (!String(head).startsWith('HTTP/1.1 101')) throw new Error(String(head));
  socket.on('data', onData);
  return socket;
}

/**
 * Registers a person's device and holds its socket, as an SDK does.
 * @param {(chunk: Buffer) => void} onData everything that comes
 */
export async function joinBySocket(baseUrl, token, onData) {
  const device = { name: 'bench', deviceType: 'WEB', model: 'bench' };
  const { webSocketUrl } = await call(`${baseUrl}/wdm/api/v1/devices`, token, device);
  const socket = await openSocket(webSocketUrl, onData);
  const ready = new Promise((resolve) => socket.once('data', resolve));
  const authorization = { id: randomUUID(), type: 'authorization', data: { token: `Bearer ${token}` } };
  socket.write(textFrame(JSON.stringify(authorization)));
  await ready;
  return { close: () => socket.destroy() };
}

/** Posts a message over REST. */
export const postMessage = (baseUrl, token, roomId, text) =>
  call(`${baseUrl}/v1/messages`, token, { roomId, text });

/** A socket of the bare broadcaster. */
export async function joinBare(baseUrl, onData) {
  const socket = await openSocket(baseUrl, onData);
  return { close: () => socket.destroy() };
}

/** Asks the bare broadcaster to send a text to all. */
export const postBare = (baseUrl, text) => call(baseUrl, 'none', { text });
