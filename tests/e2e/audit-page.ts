import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeScript, findBarriers } from './browser/axe.ts';
import { walkByKeyboard } from './browser/keyboard.ts';
import { layoutShift, layoutShiftScript, sidewaysOverflow } from './browser/layout.ts';
import { screenshot } from './browser/screenshot.ts';
import type { OpenedPage, Opening, Site, Theme } from './browser.ts';

const themes: readonly Theme[] = ['dark', 'light'];
const widthsPx = [1440, 768, 320] as const;
const layoutShiftMax = 0.05;

/** What is audited. */
export type Audit = {
  /** Of the pictures: `<name>-<width>-<theme>.png`. */
  name: string;
  path: string;
  as?: Opening['as'];
  /** Brings the page into the state that is audited; by default it is taken as it opens. */
  prepare?: (page: Page) => Promise<unknown>;
};

/**
 * Holds a page to what every page must have, in both colours at 1440, 768 and 320 pixels: no barrier of WCAG AA,
 * no sideways scrolling, nothing that jumps while it loads, every control reached by Tab with a mark of the focus,
 * and no error in the console or breach of the page's policy. Keeps pictures.
 */
export async function auditPage(site: Site, audit: Audit): Promise<void> {
  const { path, as } = audit;
  const script = axeScript + layoutShiftScript;
  const [firstPx, ...furtherPx] = widthsPx;
  const opened = await site.open(path, { widthPx: firstPx, script, ...(as && { as }) });
  await auditAt(opened, audit, firstPx);
  // To load a page once more takes a third of what a browser takes that was never there.
  for (const widthPx of furtherPx) {
    await opened.again(widthPx);
    await auditAt(opened, audit, widthPx);
  }
  await opened.close();
}

async function auditAt({ page, problems }: OpenedPage, { name, prepare }: Audit, widthPx: number) {
  const where = `${name} at ${widthPx} pixels`;
  await page.waitForLoadState('networkidle');
  const { score, parts } = await layoutShift(page);
  expect(score, `layout shift of ${where}: ${parts}`).toBeLessThan(layoutShiftMax);
  await prepare?.(page);
  // The colours of an opened page follow the system's.
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await screenshot(page, `${name}-${widthPx}-${theme}`);
    expect(await findBarriers(page), `barriers in ${where}, ${theme}`).toEqual([]);
  }
  expect(await sidewaysOverflow(page), `sticks out of ${where}`).toEqual([]);
  const { missed, unmarked } = await walkByKeyboard(page);
  expect(missed, `not reached by Tab in ${where}`).toEqual([]);
  expect(unmarked, `no mark of the focus in ${where}`).toEqual([]);
  expect(problems, `problems in ${where}`).toEqual([]);
}
