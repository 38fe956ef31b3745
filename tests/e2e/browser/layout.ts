import type { Page } from 'playwright-core';

/** Collects layout shifts from the start of a page; given to `open` as a script. */
export const layoutShiftScript = `
window.layoutShifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput) window.layoutShifts.push({ value, nodes: sources.map(({ node }) => node?.className ?? node?.nodeName) });
}).observe({ type: 'layout-shift', buffered: true });
`;

/** How far parts of the page jumped while it loaded: 0 is not at all, and below 0.05 nobody minds. */
export async function layoutShift(page: Page): Promise<{ score: number; parts: string }> {
  const shifts = await page.evaluate(
    () => (window as unknown as { layoutShifts: { value: number; nodes: string[] }[] }).layoutShifts,
  );
  return {
    score: shifts.reduce((sum, { value }) => sum + value, 0),
    parts: JSON.stringify(shifts),
  };
}

/** Elements that stick out of the page sideways; none where it does not scroll sideways. */
export async function sidewaysOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return out.map((element) => `${element.tagName} .${element.className}`);
  });
}
