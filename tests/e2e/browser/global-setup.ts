import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumBinary } from './chromium-binary.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of the run is controlled. */
    browser: string;
  }
}

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** Builds the pages where their sources changed, and starts the one browser that all files of a run share. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const build = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
  const [{ path, env }] = await Promise.all([chromiumBinary(), promisify(execFile)('node', [build, 'web'])]);
  const server = await chromium.launchServer({
    executablePath: path,
    args: flags,
    chromiumSandbox: false,
    env: { ...process.env, ...env },
  });
  project.provide('browser', server.wsEndpoint());
  return () => server.close();
}
