import type { Page } from 'puppeteer-core';

/** Notes what goes wrong in a page: errors of its console, uncaught errors, breaches of its policy. */
export async function watchViolations(page: Page, problems: string[]): Promise<void> {
  page.on('pageerror', (error) => problems.push(`uncaught: ${String(error)}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn')
      problems.push(`${message.type()}: ${message.text()}`);
  });
  // Firefox tells its own console of a breach, which a driver does not hear.
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}
