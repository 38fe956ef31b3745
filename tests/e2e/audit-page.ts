import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeScript, findBarriers } from './browser/axe.ts';
import { walkByKeyboard } from './browser/keyboard.ts';
import { layoutShift, layoutShiftScript, sidewaysOverflow } from './browser/layout.ts';
import { screenshot } from './browser/screenshot.ts';
import type { Opening, Site, Theme } from './browser.ts';

const themes: readonly Theme[] = ['dark', 'light'];
const widthsPx = [1440, 768, 320];
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
  for (const widthPx of widthsPx) await auditAt(site, audit, widthPx);
}

async function auditAt(site: Site, { name, path, as, prepare }: Audit, widthPx: number) {
  const script = axeScript + layoutShiftScript;
  const { page, problems, close } = await site.open(path, { widthPx, script, ...(as && { as }) });
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
  await close();
}
