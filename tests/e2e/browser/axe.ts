import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The script that `findBarriers` asks; given to `open`, since a page's own policy would not load it. */
export const axeScript = axe.source;

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules of WCAG A and AA that look at colours. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/**
 * Breaches of WCAG 2.2 A and AA in the page as it stands, one a line.
 * @param what `colours` for a page of which all else has been looked at
 */
export async function findBarriers(page: Page, what: 'all' | 'colours' = 'all'): Promise<string[]> {
  const violations = await page.evaluate(
    async (runOnly) => {
      const { axe: checker } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
      const results = await checker.run({ runOnly, resultTypes: ['violations'] });
      return results.violations;
    },
    what === 'all' ? ALL : COLOURS,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
