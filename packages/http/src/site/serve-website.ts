import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Asset, chooseEncoding, readAsset } from './asset.ts';
import { assetHeaders, pageHeaders } from './page-headers.ts';
import { type Website, withFacts } from './website.ts';

const methods = ['GET', 'HEAD'];

/**
 * Serves web pages: the HTML of an entry at its path and below, its assets, and `/` as a way in. What the
 * pages call (`<entry>/api/...`) stays the API's.
 * @throws Error when the folder has no page of an entry: it was not built
 */
export function serveWebsite(app: FastifyInstance, website: Website): void {
  const home = (_request: FastifyRequest, reply: FastifyReply) => reply.redirect(website.home, 302);
  app.route({ method: methods, url: '/', handler: home });
  for (const [path, name] of Object.entries(website.entries)) {
    const handler = pageHandler(path, readPage(website, name));
    app.route({ method: methods, url: path, handler });
    app.route({ method: methods, url: `${path}/*`, handler });
  }
  app.route({ method: methods, url: '/assets/:name', handler: assetHandler(join(website.folder, 'assets')) });
}

function readPage(website: Website, name: string): string {
  const path = join(website.folder, `${name}.html`);
  try {
    return withFacts(readFileSync(path, 'utf8'), website.facts);
  } catch (error) {
    throw new Error(`The page ${path} is not there. Build the pages by: npm run build`, { cause: error });
  }
}

function pageHandler(path: string, html: string) {
  const api = new RegExp(`^/*${path.slice(1)}/+api(/|$)`);
  return (request: FastifyRequest, reply: FastifyReply) => {
    if (api.test(request.url.split('?')[0]!)) return reply.callNotFound();
    reply.removeHeader('Access-Control-Allow-Origin');
    return reply.headers(pageHeaders).send(html);
  };
}

function assetHandler(folder: string) {
  const read = new Map<string, Asset>();
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { name } = request.params as { name: string };
    const asset = read.get(name) ?? (await readAsset(folder, name));
    if (!asset) return reply.callNotFound();
    read.set(name, asset);
    const [encoding, bytes] = chooseEncoding(asset, request.headers['accept-encoding']);
    if (encoding !== 'identity') reply.header('Content-Encoding', encoding);
    return reply.headers(assetHeaders).header('Content-Type', asset.type).send(bytes);
  };
}
