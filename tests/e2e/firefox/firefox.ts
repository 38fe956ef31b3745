import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { startOutside } from './outside.ts';
import { quiet } from './preferences.ts';
import { watchViolations } from './problems.ts';

/** Where Firefox lies, first choice first; `/usr/bin/firefox` is on Ubuntu only a script that asks for a snap. */
const places = ['/usr/lib/firefox-esr/firefox-esr', '/usr/lib/firefox/firefox', '/opt/firefox/firefox'];

/** The installed Firefox, if there is one. */
export const firefoxPath: string | undefined = places.find((place) => existsSync(place));

/** A page in Firefox, with everything that went wrong in it. */
export type FirefoxPage = {
  page: Page;
  /** Errors and warnings of its console, uncaught errors and breaches of its policy. */
  problems: string[];
  close(): Promise<void>;
};

/** A Firefox without a window, with a profile of its own. */
export interface Firefox {
  version: string;
  /** Opens a page that shares no cookies with others. */
  open(url: string): Promise<FirefoxPage>;
  /** Addresses off this machine that it asked for; it reached none of them. */
  outsideCalls: readonly string[];
  /** Ends it, and removes its profile. */
  close(): Promise<void>;
}

const START_MS = 60_000;
const WAIT_MS = 30_000;
const viewport = { width: 1440, height: 900 };

/**
 * Starts the installed Firefox.
 * @throws Error when there is none
 */
export async function startFirefox(): Promise<Firefox> {
  if (firefoxPath === undefined) throw new Error(`Firefox is in none of ${places.join(', ')}`);
  const home = await mkdtemp(join(tmpdir(), 'moot-firefox-'));
  const outside = await startOutside();
  const end = async () => {
    await outside.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await launchIn(home, firefoxPath, outside.port);
    return {
      version: await browser.version(),
      open: (url) => open(browser, url),
      outsideCalls: outside.calls,
      async close() {
        try {
          await browser.close();
        } finally {
          await end();
        }
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function launchIn(home: string, executablePath: string, outsidePort: number): Promise<Browser> {
  const userDataDir = join(home, 'profile');
  await mkdir(userDataDir);
  return launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir,
    timeout: START_MS,
    defaultViewport: viewport,
    // What it keeps beside the profile goes away with it.
    env: {
      ...process.env,
      HOME: home,
      TZ: 'UTC',
      MOZ_CRASHREPORTER_DISABLE: '1',
      MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
    },
    extraPrefsFirefox: quiet(outsidePort),
  });
}

async function open(browser: Browser, url: string): Promise<FirefoxPage> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const problems: string[] = [];
  await watchViolations(page, problems);
  await page.goto(url, { waitUntil: 'load' });
  return { page, problems, close: () => context.close() };
}
