import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the site, with what a browser may get instead of it. */
export type Asset = { type: string; encodings: ReadonlyMap<string, Buffer> };

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
// No dot at the start and no slash: a name can lead nowhere but into the folder.
const plainName = /^[\w-]+(\.[\w-]+)+$/;

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Reads an asset and its packed forms (`.br`, `.gz` beside it).
 * @returns undefined for a name that is none, of a kind that is not served, or absent
 */
export async function readAsset(folder: string, name: string): Promise<Asset | undefined> {
  const type = types[extname(name)];
  if (!type || !plainName.test(name)) return undefined;
  const path = join(folder, name);
  const [plain, br, gzip] = await Promise.all(['', '.br', '.gz'].map((end) => readIfThere(path + end)));
  if (!plain) return undefined;
  const encodings = new Map([['identity', plain]]);
  if (br) encodings.set('br', br);
  if (gzip) encodings.set('gzip', gzip);
  return { type, encodings };
}

/** The best form that a request's `Accept-Encoding` allows: brotli before gzip before the plain file. */
export function chooseEncoding(asset: Asset, accepted: string | undefined): [string, Buffer] {
  const names = new Set(
    (accepted ?? '')
      .split(',')
      .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map((part) => part.split(';')[0]!.trim().toLowerCase()),
  );
  for (const name of ['br', 'gzip']) {
    const packed = asset.encodings.get(name);
    if (packed && names.has(name)) return [name, packed];
  }
  return ['identity', asset.encodings.get('identity')!];
}
