import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../../.cache/screenshots/', import.meta.url));

/** Where a picture is kept, for people to look at. */
export function screenshotPath(name: string): `${string}.png` {
  return `${folder}${name}.png`;
}

/** Keeps a picture of the whole page as `.cache/screenshots/<name>.png`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: screenshotPath(name), fullPage: true, animations: 'disabled' });
}
