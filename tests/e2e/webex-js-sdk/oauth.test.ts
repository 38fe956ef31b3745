import {
  type AnyBody,
  answerOf,
  givePassword,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
  tokensOf,
} from '@moothall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webDoor } from '../../../apps/server/src/web-door.ts';
import { type OAuthApp, startOAuthApp } from './oauth-app.ts';
import type { SdkPage } from './sdk-page.ts';

const PASSWORD = 'a-page-horse-12';
const TITLE_MS = 20_000;

/** A platform of a behaviour, somebody with a password, and an app that they use. */
async function startStage(behaviour: 'faq' | 'cloud') {
  const kit = await startTestPlatform({ config: { behaviour }, doors: [webDoor] });
  const app = await startOAuthApp(kit);
  const ann = await kit.addPerson({ name: 'Ann' });
  await givePassword(kit, ann, PASSWORD);
  const close = async () => {
    await app.close();
    await kit.close();
  };
  return { kit, app, ann, close };
}

const inPage = <Result>({ page }: SdkPage, script: string) => page.evaluate(script) as Promise<Result>;
const emails = (opened: SdkPage) => inPage(opened, `webex.people.get('me').then(({ emails }) => emails)`);

/** Leaves for the server's page, a moment later: leaving at once would cut this call off. */
const login = (opened: SdkPage, options = {}) =>
  inPage<void>(
    opened,
    `void setTimeout(() => webex.authorization.initiateLogin(${JSON.stringify(options)}))`,
  );

async function signIn(page: Page, { email }: TestPerson): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: TITLE_MS });
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Allow CRM?' }).waitFor({ timeout: TITLE_MS });
}

async function decide(page: Page, app: OAuthApp, button: 'Accept' | 'Decline'): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL((url) => url.origin === app.origin);
  await page.waitForFunction('window.Webex !== undefined');
}

/** What the SDK throws as it starts where the person was sent back to. */
const thrownAtStart = (opened: SdkPage) =>
  inPage(
    opened,
    `(() => { try { Webex.init({}); } catch ({ error, errorDescription }) { return { error, errorDescription }; } })()`,
  );

describe('webex 3.12.0 that signs in, in Chromium', { timeout: 120_000 }, () => {
  let kit: TestPlatform;
  let app: OAuthApp;
  let ann: TestPerson;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ kit, app, ann, close } = await startStage('faq'));
  }, 120_000);

  afterAll(() => close());

  it('goes by a code that the server of the app redeems, and brings its state back', async () => {
    const opened = await app.open();
    const { page } = opened;
    await opened.start(kit.baseUrl, { config: app.config });
    expect(await inPage(opened, 'webex.canAuthorize')).toBe(false);
    await login(opened, { state: { returnTo: '/räume?a=1&b=2' } });
    await signIn(page, ann);
    await decide(page, app, 'Accept');
    const { code, state } = answerOf(page.url());
    const csrfToken = await inPage(opened, `sessionStorage.getItem('oauth2-csrf-token')`);
    expect(csrfToken).toEqual(expect.any(String));
    expect(JSON.parse(Buffer.from(state!, 'base64url').toString())).toEqual({
      returnTo: '/räume?a=1&b=2',
      csrf_token: csrfToken,
    });
    const redeemed = `fetch('/redeem', { method: 'POST', body: '${JSON.stringify({ code })}' })`;
    const tokens = await inPage<AnyBody>(opened, `${redeemed}.then((reply) => reply.json())`);
    await opened.start(kit.baseUrl, { credentials: tokens, config: app.config });
    expect(await emails(opened)).toEqual([ann.email]);
    expect(opened.foreign).toEqual([]);
    await page.close();
  });

  it('refreshes a revoked token once, and calls again with another', async () => {
    const tokens = await tokensOf(kit, app.client, ann);
    const opened = await app.open();
    const statuses: number[] = [];
    opened.page.on('response', (response) => {
      const isCall = response.request().method() === 'GET' && response.url().endsWith('/v1/people/me');
      if (isCall) statuses.push(response.status());
    });
    await opened.start(kit.baseUrl, { credentials: tokens, config: app.config });
    expect(await emails(opened)).toEqual([ann.email]);
    expect(await app.revoke(tokens.access_token)).toBe(200);
    expect(await emails(opened)).toEqual([ann.email]);
    expect(app.refreshes).toEqual([tokens.refresh_token]);
    const token = await inPage(opened, 'webex.credentials.supertoken.access_token');
    expect(token).not.toBe(tokens.access_token);
    expect(statuses).toEqual([200, 401, 200]);
    expect(opened.foreign).toEqual([]);
    await opened.page.close();
  });

  it('throws as it starts what the person declined', async () => {
    const opened = await app.open();
    await opened.start(kit.baseUrl, { config: app.config });
    await login(opened);
    await signIn(opened.page, ann);
    await decide(opened.page, app, 'Decline');
    expect(await thrownAtStart(opened)).toMatchObject({ error: 'access_denied' });
    await opened.page.close();
  });

  it('is refused a token by redirect, and throws that as it starts (F70)', async () => {
    const opened = await app.open();
    const credentials = { ...app.config.credentials, clientType: 'public' };
    await opened.start(kit.baseUrl, { config: { credentials } });
    await login(opened);
    await opened.page.waitForURL(`${app.client.redirectUri}?*`);
    await opened.page.waitForFunction('window.Webex !== undefined');
    expect(await thrownAtStart(opened)).toEqual({
      error: 'unsupported_response_type',
      errorDescription: 'response_type: only code is supported.',
    });
    await opened.page.close();
  });
});

describe('webex 3.12.0 that signs in where tokens go by redirect', { timeout: 120_000 }, () => {
  let stage: Awaited<ReturnType<typeof startStage>>;

  beforeAll(async () => {
    stage = await startStage('cloud');
  }, 120_000);

  afterAll(() => stage.close());

  it('takes its token from the address and cleans it', async () => {
    const { kit, app, ann } = stage;
    const opened = await app.open();
    const config = { credentials: { ...app.config.credentials, clientType: 'public' } };
    await opened.start(kit.baseUrl, { config });
    await login(opened);
    await signIn(opened.page, ann);
    await decide(opened.page, app, 'Accept');
    expect(opened.page.url()).toContain('#access_token=');
    await opened.start(kit.baseUrl, { config });
    expect(opened.page.url()).not.toMatch(/access_token|csrf_token|state/);
    expect(await emails(opened)).toEqual([ann.email]);
    expect(opened.foreign).toEqual([]);
    await opened.page.close();
  });
});
