import type { Page } from 'playwright-core';

/** What the page of a new app shows once: a secret that is copied from there. */
export async function shownSecret(page: Page, label: string): Promise<string> {
  const notice = page.getByRole('status').filter({ hasText: `Copy the ${label} now` });
  await notice.waitFor();
  return (await notice.locator('.copy-value').innerText()).trim();
}

/** The value that stands under a name with a button to copy it. */
export async function shownValue(page: Page, label: string): Promise<string> {
  const field = page
    .locator('.copy-field')
    .filter({ has: page.getByRole('button', { name: `Copy ${label}` }) });
  return (await field.locator('.copy-value').innerText()).trim();
}

/** Ticks a scope after looking for it. */
export async function chooseScope(page: Page, scope: string): Promise<void> {
  await page.getByLabel('Find a scope').fill(scope);
  await page
    .locator('.scope-picker .choice')
    .filter({ hasText: scope })
    .first()
    .getByRole('checkbox')
    .check();
}

/** Makes a new secret or token on the page of an app and reads it. */
export async function renewSecret(page: Page, label: string): Promise<string> {
  await page.getByRole('button', { name: `Make a new ${label}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Make a new ${label}` })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return shownSecret(page, label);
}
