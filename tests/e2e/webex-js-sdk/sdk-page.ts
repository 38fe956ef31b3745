import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { AnyBody } from '@moothall/testkit';
import { type Browser, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

const client = fileURLToPath(new URL('../../clients/webex-js-sdk-browser', import.meta.url));
const bundle = join(client, 'node_modules', 'webex', 'umd', 'webex.min.js');
const html =
  '<!doctype html><meta charset="utf-8"><title>A page with the SDK</title><script src="/webex.min.js"></script>';

/** What is given to `Webex.init`, as far as JSON tells it. */
export type SdkSettings = { credentials?: object; config?: object };

/** What the pages' own server answers to a POST with JSON, by path. */
export type Backend = Record<string, (body: AnyBody) => Promise<{ status: number; body: AnyBody }>>;

/** A page of another origin that has loaded the SDK's own bundle, and what it heard. */
export type SdkPage = {
  page: Page;
  /** Starts an SDK as `window.webex`, and waits until it is ready. It refreshes by `window.refreshCallback`. */
  start(baseUrl: string, settings: SdkSettings): Promise<void>;
  /** The same with a token. */
  connect(baseUrl: string, token: string, config?: object): Promise<void>;
  /** Listens to everything; what is heard is noted as `resource:event id`. */
  listen(): Promise<void>;
  /** What was heard so far, in its order. */
  heard(): Promise<string[]>;
  /** The same as the socket told it, as `verb uuid`: what is heard waits for a REST call of each. */
  told(): Promise<string[]>;
  /** Requests to other hosts than those of the page and the server. */
  foreign: string[];
};

/** Pages with the SDK in one browser. */
export interface SdkPages {
  /** Of the pages; each path of it is a page with the SDK. */
  origin: string;
  open(): Promise<SdkPage>;
  close(): Promise<void>;
}

/** Serves the bundle from npm as it is. */
export async function startSdkPages(backend: Backend = {}): Promise<SdkPages> {
  const server = createServer((request, response) => {
    const call = backend[request.url ?? ''];
    if (call) return void answerCall(call, request, response).catch(() => response.destroy());
    const isBundle = request.url === '/webex.min.js';
    response.writeHead(200, { 'content-type': isBundle ? 'text/javascript' : 'text/html' });
    if (isBundle) createReadStream(bundle).pipe(response);
    else response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Pages of localhost may use the browser's cryptography without TLS.
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.connect(inject('browser'));
  return {
    origin,
    open: () => openPage(browser, origin),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerCall(
  call: Backend[string],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = await call(await json(request));
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function openPage(browser: Browser, origin: string): Promise<SdkPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (!['localhost', '127.0.0.1', ''].includes(hostname)) foreign.push(request.url());
  });
  await page.goto(origin);
  await page.waitForFunction('window.Webex !== undefined');
  const start = (baseUrl: string, settings: SdkSettings) => page.evaluate(startSdk, { baseUrl, ...settings });
  return {
    page,
    foreign,
    start,
    connect: (baseUrl, token, config = {}) =>
      start(baseUrl, { credentials: { access_token: token }, config }),
    listen: () => page.evaluate(listenToAll),
    heard: () => page.evaluate('window.heard') as Promise<string[]>,
    told: () => page.evaluate('window.told') as Promise<string[]>,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the bundle brings no types
type Sdk = any;
type SdkWindow = { Webex: Sdk; webex: Sdk; refreshCallback?: Sdk; heard: string[]; told: string[] };

async function startSdk({ baseUrl, credentials, config = {} }: Sdk): Promise<void> {
  const scope = window as unknown as SdkWindow;
  const discovery = {
    u2c: `${baseUrl}/u2c/api/v1`,
    hydra: `${baseUrl}/v1`,
    sqdiscovery: `${baseUrl}/v1/region`,
  };
  const { refreshCallback } = scope;
  scope.webex = scope.Webex.init({
    ...(credentials && { credentials }),
    config: {
      logger: { level: 'error' },
      services: { discovery },
      ...config,
      credentials: { ...config.credentials, ...(refreshCallback && { refreshCallback }) },
    },
  });
  if (!scope.webex.ready) await new Promise((resolve) => scope.webex.once('ready', resolve));
}

async function listenToAll(): Promise<void> {
  const scope = window as unknown as SdkWindow;
  const { webex } = scope;
  scope.heard = [];
  scope.told = [];
  webex.internal.mercury.on('event:conversation.activity', ({ data: { activity } }: Sdk) =>
    scope.told.push(`${activity.verb} ${activity.id}`),
  );
  const offered = {
    messages: ['created', 'deleted'],
    rooms: ['created', 'updated'],
    memberships: ['created', 'updated', 'deleted'],
    attachmentActions: ['created'],
  };
  for (const [resource, events] of Object.entries(offered)) {
    for (const event of events)
      webex[resource].on(event, ({ data }: Sdk) => scope.heard.push(`${resource}:${event} ${data.id}`));
    await webex[resource].listen();
  }
}
