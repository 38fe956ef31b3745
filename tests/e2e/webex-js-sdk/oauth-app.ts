import { addClient, postForm, redeem, refresh, type TestClient, type TestPlatform } from '@moothall/testkit';
import { type SdkPage, startSdkPages } from './sdk-page.ts';

/** An app whose pages have the SDK, and whose own server knows the client's secret. */
export interface OAuthApp {
  client: TestClient;
  /** Where its pages are. */
  origin: string;
  /** What its pages configure, beside a token. */
  config: { credentials: Record<string, unknown> };
  /** Refreshes that its server was asked for. */
  refreshes: string[];
  open(): Promise<SdkPage>;
  /** Ends an access token on behalf of the app. */
  revoke(token: string): Promise<number>;
  close(): Promise<void>;
}

/** Registers an app of a platform and serves it. Call `close` in afterAll. */
export async function startOAuthApp(kit: TestPlatform): Promise<OAuthApp> {
  const refreshes: string[] = [];
  const pages = await startSdkPages({
    '/redeem': ({ code }) => redeem(kit, client, code),
    '/refresh': ({ refreshToken }) => {
      refreshes.push(refreshToken);
      return refresh(kit, client, refreshToken);
    },
  });
  const { origin } = pages;
  const scopes = ['spark:people_read', 'spark:kms'];
  const client = await addClient(kit, { redirectUris: [`${origin}/callback`], scopes });
  const credentials = {
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: scopes.join(' '),
    clientType: 'confidential',
    authorizeUrl: `${kit.baseUrl}/idb/oauth2/v1/authorize`,
    idbroker: { url: kit.baseUrl },
    identity: { url: kit.baseUrl },
  };
  return {
    client,
    origin,
    config: { credentials },
    refreshes,
    async open() {
      const opened = await pages.open();
      await opened.page.addInitScript(refreshByServer);
      await opened.page.reload();
      return opened;
    },
    revoke: async (token) => (await postForm(kit, client, { token }, '/revoke')).status,
    close: () => pages.close(),
  };
}

function refreshByServer(): void {
  const refreshCallback = async (_webex: unknown, token: { refresh_token: string }) => {
    const body = JSON.stringify({ refreshToken: token.refresh_token });
    return (await fetch('/refresh', { method: 'POST', body })).json();
  };
  Object.assign(window, { refreshCallback });
}
