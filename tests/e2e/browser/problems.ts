import type { Page } from 'playwright-core';

/** What a browser says of every refused call, also where the page deals with the refusal. */
const refusedCall = /^Failed to load resource: the server responded with a status of 4/;

/** Notes what goes wrong in a page: errors of its console, uncaught errors, breaches of its policy. */
export async function watchViolations(page: Page, problems: string[]): Promise<void> {
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!refusedCall.test(message.text())) problems.push(`${message.type()}: ${message.text()}`);
  });
  await page.exposeFunction('tellViolation', (text: string) => problems.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (window as unknown as { tellViolation: (text: string) => void }).tellViolation;
      tell(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
}
