import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The script that `findBarriers` asks; given to `open`, since a page's own policy would not load it. */
export const axeScript = axe.source;

/** Breaches of WCAG 2.2 A and AA in the page as it stands, one a line. */
export async function findBarriers(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const results = await checker.run({ runOnly: tags, resultTypes: ['violations'] });
    return results.violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
