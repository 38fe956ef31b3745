import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

describe('the parts that pages are made of', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await startTestSite();
  });
  afterAll(() => site?.close());

  it.each(['Fields', 'Actions', 'Values', 'States'])('are sound: %s', { timeout: 120_000 }, (tab) =>
    auditPage(site, {
      name: `kit-${tab.toLowerCase()}`,
      path: '/portal/kit',
      prepare: (page) => page.getByRole('tab', { name: tab }).click(),
    }),
  );

  it('tells what is wrong at the field, and tells in passing that it is done', async () => {
    const { page, problems, close } = await site.open('/portal/kit');
    await page.getByRole('button', { name: 'Check the form' }).click();
    const name = page.getByLabel('Name');
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    const described = (await name.getAttribute('aria-describedby'))?.split(' ') ?? [];
    const texts = await Promise.all(described.map((id) => page.locator(`[id="${id}"]`).innerText()));
    expect(texts.join(' ')).toContain('Enter a name.');
    await name.fill('Echo');
    await page.keyboard.press('Enter');
    await page.getByText('Echo is fine').first().waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('holds the focus in a dialog and gives it back', async () => {
    const { page, problems, close } = await site.open('/portal/kit', { widthPx: 320 });
    await page.getByRole('tab', { name: 'Actions' }).click();
    await page.getByRole('button', { name: 'Ask first' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Echo?' });
    const confirm = dialog.getByRole('button', { name: 'Delete app' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Type Echo to go on').fill('Echo');
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab');
      expect(await dialog.locator(':focus').count()).toBe(1);
    }
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    expect(
      await page.getByRole('button', { name: 'Ask first' }).evaluate((e) => e === document.activeElement),
    ).toBe(true);
    expect(problems).toEqual([]);
    await close();
  });
});
