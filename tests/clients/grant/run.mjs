/** A web server that lets grant do the whole exchange and gets tokens and profile, and its refresh later.
 *  Environment: BASE_URL, LAB_KEY, PERSON; CLIENT_ID, CLIENT_SECRET of the integration. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import Grant from 'grant';
import { agree, print } from '../consent.mjs';

const { BASE_URL, CLIENT_ID, CLIENT_SECRET } = process.env;
const ORIGIN = 'http://127.0.0.1:9998';
const api = `${BASE_URL}/v1`;

/** An application on a free port, which the browser knows by the registered address. */
async function application(settings) {
  const handler = Grant.node({
    config: {
      defaults: { origin: ORIGIN, prefix: '/connect', transport: 'state', state: true },
      webex: {
        oauth: 2,
        authorize_url: `${api}/authorize`,
        access_url: `${api}/access_token`,
        profile_url: `${api}/people/me`,
        key: CLIENT_ID,
        secret: CLIENT_SECRET,
        scope: ['spark:people_read', 'spark:rooms_read'],
        scope_delimiter: ' ',
        response: ['tokens', 'raw', 'profile'],
        ...settings,
      },
    },
    session: { secret: 'a secret of the application' },
  });
  const answer = async (request, response) => {
    const result = await handler(request, response);
    if (result.redirect) return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result.response));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, local: `http://127.0.0.1:${server.address().port}` };
}

/** Signs in from the first to the last redirect. @returns what the application was given */
async function signIn(settings) {
  const { server, local } = await application(settings);
  const begun = await fetch(`${local}/connect/webex`, { redirect: 'manual' });
  const cookie = begun.headers.getSetCookie()[0].split(';')[0];
  const { page, callback } = await agree(begun.headers.get('location'));
  const done = await fetch(callback.replace(ORIGIN, local), { redirect: 'manual', headers: { cookie } });
  const body = await done.json();
  server.close();
  const query = Object.fromEntries(new URL(begun.headers.get('location')).searchParams);
  return { page, query, body };
}

const { page, query, body } = await signIn({});
print('authorize', { page, ...query });
print('signed-in', {
  keys: Object.keys(body.raw).sort(),
  expiresIn: body.raw.expires_in,
  profile: body.profile,
});

const basic = await signIn({ pkce: true, token_endpoint_auth_method: 'client_secret_basic' });
print('with-basic-and-pkce', { method: basic.query.code_challenge_method, profile: basic.body.profile });

const refresh = await fetch(`${api}/access_token`, {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    refresh_token: body.refresh_token,
  }),
});
const refreshed = await refresh.json();
const rooms = await fetch(`${api}/rooms`, { headers: { authorization: `Bearer ${refreshed.access_token}` } });
print('refresh', {
  status: refresh.status,
  isSame: refreshed.refresh_token === body.refresh_token,
  isNew: refreshed.access_token !== body.access_token,
  rooms: (await rooms.json()).items.map(({ title }) => title),
});
