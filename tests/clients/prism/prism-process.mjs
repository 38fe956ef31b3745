import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const prismBin = fileURLToPath(new URL('node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));
const startTimeoutMs = 30_000;

/** Starts Prism as a validating proxy on a free loopback port. It forwards everything and reports deviations in the
 *  response header `sl-violations`.
 *  @param {string} specPath  OpenAPI file
 *  @param {string} upstreamUrl  base URL that its paths are appended to
 *  @returns {Promise<{baseUrl: string, stop: () => Promise<void>}>}
 *  @throws Error with Prism's output when it does not listen within 30 s */
export async function startPrism(specPath, upstreamUrl) {
  if (!existsSync(prismBin))
    throw new Error('Prism is not installed; run: npm ci --prefix tests/clients/prism');
  const port = await freePort();
  const args = [prismBin, 'proxy', specPath, upstreamUrl, '--port', String(port), '--host', '127.0.0.1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => stopChild(child);
  try {
    await untilListening(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { baseUrl: `http://127.0.0.1:${port}`, stop };
}

async function untilListening(child) {
  let output = '';
  await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`Prism ${why}:\n${output}`));
    const timer = setTimeout(() => fail(`did not listen within ${startTimeoutMs} ms`), startTimeoutMs);
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
    const read = (chunk) => {
      output = (output + chunk).slice(-10_000);
      if (!output.includes('Prism is listening')) return;
      clearTimeout(timer);
      resolve(undefined);
    };
    // Reading goes on after the start: a full pipe would stop Prism.
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
}

async function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await once(child, 'exit');
  clearTimeout(timer);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address.port;
}
