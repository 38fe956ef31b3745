/** A web application's whole sign-in with Auth.js and its built-in provider, and its refresh later.
 *  Environment: BASE_URL, LAB_KEY, PERSON; CLIENT_ID, CLIENT_SECRET of the integration. */
import { Auth } from '@auth/core';
import Webex from '@auth/core/providers/webex';
import { agree, print } from '../consent.mjs';

const { BASE_URL, CLIENT_ID, CLIENT_SECRET } = process.env;
const ORIGIN = 'http://127.0.0.1:9998';
const apiBaseUrl = `${BASE_URL}/v1`;
const problems = [];
const config = {
  basePath: '/auth',
  trustHost: true,
  secret: 'a secret of the application, long enough for it',
  providers: [Webex({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, apiBaseUrl })],
  logger: {
    error: (error) =>
      problems.push(`${error.name}: ${error.message} ${error.cause?.err?.error ?? error.cause?.err ?? ''}`),
  },
  callbacks: {
    jwt: ({ token, account }) => (account ? { ...token, account } : token),
    session: ({ session, token }) => ({ ...session, account: token.account }),
  },
};

const cookies = new Map();

/** One request of the browser to the application. */
async function visit(url, form) {
  const request = new Request(url, {
    method: form ? 'POST' : 'GET',
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form && { body: new URLSearchParams(form) }),
  });
  const response = await Auth(request, config);
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
  return response;
}

const { csrfToken } = await (await visit(`${ORIGIN}/auth/csrf`)).json();
const begun = await visit(`${ORIGIN}/auth/signin/webex`, { csrfToken, callbackUrl: `${ORIGIN}/home` });
const authorizeUrl = new URL(begun.headers.get('location'));
print('authorize', Object.fromEntries(authorizeUrl.searchParams));

const { page, callback } = await agree(authorizeUrl);
print('consent', { page });

const done = await visit(callback);
print('callback', { status: done.status, location: done.headers.get('location'), problems });

const { user, account } = await (await visit(`${ORIGIN}/auth/session`)).json();
print('session', { user, type: account.token_type, scope: account.scope });

const refresh = await fetch(`${apiBaseUrl}/access_token`, {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: account.refresh_token,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
  }),
});
const { access_token } = await refresh.json();
const headers = { authorization: `Bearer ${access_token}` };
const me = await (await fetch(`${apiBaseUrl}/people/me`, { headers })).json();
print('refresh', { status: refresh.status, emails: me.emails });

const { csrfToken: again } = await (await visit(`${ORIGIN}/auth/csrf`)).json();
await visit(`${ORIGIN}/auth/signin/webex`, { csrfToken: again, callbackUrl: `${ORIGIN}/home` });
const replayed = await visit(callback);
print('replay', { location: replayed.headers.get('location'), problems });
