import { SESSION_COOKIE } from '@moothall/http';
import { startSession, type World, type WorldConfig } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { webDoor } from '../../apps/server/src/web-door.ts';
import { watchViolations } from './browser/problems.ts';

/** Colours that a page is opened in. */
export type Theme = 'light' | 'dark';

/** How a page is opened. */
export type Opening = {
  /** Who is signed in; nobody unless said. */
  as?: Pick<TestPerson, 'id' | 'orgId'>;
  widthPx?: number;
  theme?: Theme;
  /** What stands there when the page is open; its title unless said. */
  title?: string;
  /** Runs before any script of the page, in spite of its policy. */
  script?: string;
};

/** A page, with everything that went wrong in it. */
export type OpenedPage = {
  page: Page;
  context: BrowserContext;
  /** Errors of its console, uncaught errors and breaches of its policy; refused calls are none. */
  problems: string[];
  /** Opens the same path anew at another width, in light colours, without what is stored and cached of it. */
  again(widthPx: number): Promise<void>;
  close(): Promise<void>;
};

/** A server with its web pages, and a browser. */
export interface Site {
  baseUrl: string;
  /** Opens a path in a browser of its own and waits until its title stands there. */
  open(path: string, opening?: Opening): Promise<OpenedPage>;
  close(): Promise<void>;
}

/** A platform in this process with its web pages, and a browser. */
export interface TestSite extends Site {
  kit: TestPlatform;
}

/** A server whose pages are opened. */
type Served = { world: World; baseUrl: string; close(): Promise<void> };

const HEIGHT_PX = 900;
const TITLE_MS = 25_000;
const STEP_MS = 25_000;

/** Boots a platform with its pages in this process. Call `close` in afterAll. */
export async function startTestSite(
  options: { config?: Partial<WorldConfig>; limits?: Record<string, number> } = {},
): Promise<TestSite> {
  const kit = await startTestPlatform({ ...options, doors: [webDoor] });
  return { kit, ...(await siteOf(kit)) };
}

/** The browser of a server that has the door of the web pages; `close` ends both. */
export async function siteOf(kit: Served): Promise<Site> {
  const browser = await chromium.connect(inject('browser'));
  const contexts = new Set<BrowserContext>();
  return {
    baseUrl: kit.baseUrl,
    async open(path, opening = {}) {
      const context = await openContext(browser, kit, opening);
      contexts.add(context);
      const page = await context.newPage();
      const problems: string[] = [];
      await watchViolations(page, problems);
      const goThere = async () => {
        await page.goto(kit.baseUrl + path, { waitUntil: 'load' });
        await shows(page, opening.title ?? 'h1', problems);
      };
      await goThere();
      return {
        page,
        context,
        problems,
        async again(widthPx) {
          await forget(page);
          await page.setViewportSize({ width: widthPx, height: HEIGHT_PX });
          await goThere();
        },
        close: () => context.close(),
      };
    },
    async close() {
      await Promise.all([...contexts].map((context) => context.close()));
      await browser.close();
      await kit.close();
    },
  };
}

/** Leaves a page as if it had never been open, but for the session: what it loads is loaded anew. */
async function forget(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.clearBrowserCache');
  await devTools.detach();
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
    // A browser goes back to where a page of the same address was scrolled to.
    window.scrollTo(0, 0);
  });
  await page.emulateMedia({ colorScheme: 'light' });
}

/** @throws Error with what went wrong in the page when no title comes */
async function shows(page: Page, selector: string, problems: readonly string[]): Promise<void> {
  const title = page.locator(selector).first();
  await title.waitFor({ timeout: TITLE_MS }).catch((cause: unknown) => {
    throw new Error(`no ${selector} at ${page.url()}: ${problems.join('; ') || 'and no problem told'}`, {
      cause,
    });
  });
}

async function openContext(browser: Browser, kit: Served, opening: Opening): Promise<BrowserContext> {
  const { as, widthPx = 1440, theme = 'light', script } = opening;
  const context = await browser.newContext({
    viewport: { width: widthPx, height: HEIGHT_PX },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  // Shorter than a test may take, so that a failure names the step.
  context.setDefaultTimeout(STEP_MS);
  if (script !== undefined) await context.addInitScript({ content: script });
  if (as) await signInAs(context, kit, as);
  return context;
}

/** Signs a person in without the sign-in page, which has tests of its own. */
async function signInAs(
  context: BrowserContext,
  kit: Served,
  person: Pick<TestPerson, 'id' | 'orgId'>,
): Promise<void> {
  const { cookie } = await kit.world.store.tx((tx) =>
    startSession(kit.world, tx, { personId: person.id, orgId: person.orgId }),
  );
  await context.addCookies([
    { name: SESSION_COOKIE, value: cookie, url: kit.baseUrl, httpOnly: true, sameSite: 'Lax' },
  ]);
}
