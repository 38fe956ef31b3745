import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

/** A Chromium that can be started: its program, and what it needs of the environment. */
export type ChromiumBinary = { path: string; env: Record<string, string> };

const root = fileURLToPath(new URL('../../..', import.meta.url));
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const packageFolder = join(root, 'node_modules', '@sparticuz', 'chromium');
/** Archives beside the program: its libraries, fonts, and drawing without a graphics card. */
const archives = ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];

/** An installed Chromium or Chrome, else the one of npm, unpacked at its first use (206 MB, about a second). */
export async function chromiumBinary(): Promise<ChromiumBinary> {
  const path = installed.find((candidate) => existsSync(candidate));
  return path === undefined ? unpackedChromium() : { path, env: {} };
}

async function unpackedChromium(): Promise<ChromiumBinary> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(root, 'node_modules', '.cache', `chromium-${version}`);
  if (!existsSync(folder)) await unpack(folder);
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'lib'), folder].join(':'),
      FONTCONFIG_PATH: folder,
      HOME: folder,
    },
  };
}

/** Several processes may unpack at once: each does it aside, and the first gives its folder the name. */
async function unpack(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}-`);
  const packed = (name: string) =>
    createReadStream(join(packageFolder, 'bin', name)).pipe(createBrotliDecompress());
  await Promise.all([
    pipeline(packed('chromium.br'), createWriteStream(join(aside, 'chromium'))),
    ...archives.map((name) => extract(packed(name), aside)),
  ]);
  await writeFile(join(aside, 'fonts.conf'), fontsIn(folder));
  await chmod(join(aside, 'chromium'), 0o755);
  await rename(aside, folder).catch(async (error: unknown) => {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}

/** The archive's own settings name folders of the place that it was made for. */
function fontsIn(folder: string): string {
  const places = [`<dir>${folder}/fonts</dir>`, `<cachedir>${folder}/fonts-cache</cachedir>`];
  return `<?xml version="1.0"?><fontconfig>${places.join('')}</fontconfig>\n`;
}

async function extract(archive: Readable, folder: string): Promise<void> {
  const tar = spawn('tar', ['-x', '--no-same-owner', '-C', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.on('error', reject);
    tar.on('close', resolve);
  });
  // tar stops reading at the mark of the end, which the bytes of the last block follow; its status decides.
  await pipeline(archive, tar.stdin).catch(() => {});
  const code = await ended;
  if (code !== 0) throw new Error(`tar ended with status ${code} in ${folder}`);
}
