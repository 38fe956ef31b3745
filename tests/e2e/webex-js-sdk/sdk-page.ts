import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

const client = fileURLToPath(new URL('../../clients/webex-js-sdk-browser', import.meta.url));
const bundle = join(client, 'node_modules', 'webex', 'umd', 'webex.min.js');
const html =
  '<!doctype html><meta charset="utf-8"><title>A page with the SDK</title><script src="/webex.min.js"></script>';

/** A page of another origin that has loaded the SDK's own bundle, and what it heard. */
export type SdkPage = {
  page: Page;
  /** Starts an SDK as `window.webex`, and waits until it is ready. */
  connect(baseUrl: string, token: string): Promise<void>;
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
  open(): Promise<SdkPage>;
  close(): Promise<void>;
}

/** Serves the bundle from npm as it is. */
export async function startSdkPages(): Promise<SdkPages> {
  const server = createServer((request, response) => {
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
    open: () => openPage(browser, origin),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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
  return {
    page,
    foreign,
    connect: (baseUrl, token) => page.evaluate(connectSdk, { baseUrl, token }),
    listen: () => page.evaluate(listenToAll),
    heard: () => page.evaluate('window.heard') as Promise<string[]>,
    told: () => page.evaluate('window.told') as Promise<string[]>,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the bundle brings no types
type Sdk = any;
type SdkWindow = { Webex: Sdk; webex: Sdk; heard: string[]; told: string[] };

async function connectSdk({ baseUrl, token }: { baseUrl: string; token: string }): Promise<void> {
  const scope = window as unknown as SdkWindow;
  const discovery = {
    u2c: `${baseUrl}/u2c/api/v1`,
    hydra: `${baseUrl}/v1`,
    sqdiscovery: `${baseUrl}/v1/region`,
  };
  scope.webex = scope.Webex.init({
    credentials: { access_token: token },
    config: { logger: { level: 'error' }, services: { discovery } },
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
