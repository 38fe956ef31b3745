import type { Page } from 'playwright-core';

/** What the Tab key did in a page. */
export type KeyboardWalk = {
  /** Names of what had the focus, in order. */
  visited: string[];
  /** Controls that it never came to. */
  missed: string[];
  /** Controls that do not show that they have the focus. */
  unmarked: string[];
};

const stepsMax = 300;

/** Presses Tab until the focus has been everywhere. */
export async function walkByKeyboard(page: Page): Promise<KeyboardWalk> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    const wanted = 'a[href],button,input,select,textarea,summary,[tabindex="0"]';
    // An open dialog holds the focus: what is behind it is not there for the keyboard.
    const place = document.querySelector('[role="dialog"][data-state="open"]') ?? document;
    const controls = [...place.querySelectorAll<HTMLElement>(wanted)].filter(isReachable);
    for (const [index, control] of controls.entries()) control.dataset.walk = String(index);
    function isReachable(element: HTMLElement): boolean {
      if (
        element.matches(':disabled, [tabindex="-1"], [role="tablist"]') ||
        !element.checkVisibility({ visibilityProperty: true })
      )
        return false;
      // Of a group of radio buttons the browser stops at one: the one that is chosen, else the first.
      const { type, name } = element as HTMLInputElement;
      if (type !== 'radio') return true;
      const stop =
        document.querySelector(`input[name="${name}"]:checked`) ??
        document.querySelector(`input[name="${name}"]:enabled`);
      return stop === element;
    }
  });
  const visited: string[] = [];
  const unmarked: string[] = [];
  const reached = new Set<string>();
  let last: string | undefined;
  for (let step = 0; step < stepsMax; step++) {
    await page.keyboard.press('Tab');
    const stop = await describeFocus(page);
    // Behind the last control the focus is nowhere for one step, and then at the first again.
    if (stop === undefined) continue;
    // A date has a stop for each of its parts.
    if (stop.walk !== undefined && stop.walk === last) continue;
    if (stop.walk !== undefined && reached.has(stop.walk)) break;
    last = stop.walk;
    visited.push(stop.name);
    if (stop.walk !== undefined) reached.add(stop.walk);
    if (!stop.marked) unmarked.push(stop.name);
  }
  const missed = await page.evaluate(
    (seen) =>
      [...document.querySelectorAll<HTMLElement>('[data-walk]')]
        .filter(({ dataset }) => !seen.includes(dataset.walk ?? ''))
        .map((element) => element.outerHTML.slice(0, 120)),
    [...reached],
  );
  return { visited, missed, unmarked };
}

function describeFocus(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return undefined;
    const { boxShadow, outlineStyle } = getComputedStyle(element);
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    return {
      walk: element.dataset.walk,
      name: `${element.tagName.toLowerCase()} ${name.slice(0, 40)}`,
      marked: boxShadow !== 'none' || outlineStyle !== 'none',
    };
  });
}
