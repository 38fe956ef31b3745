/** Signs in by a code grant, and goes on by a refresh when its access token has been revoked. */
import { createRequire } from 'node:module';
import { agree } from '../consent.mjs';
import { print } from './sdk.mjs';

const Webex = createRequire(import.meta.url)('webex');
const { BASE_URL: base, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, SCOPE } = process.env;

const webex = Webex.init({
  config: {
    logger: { level: 'error' },
    credentials: {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uri: REDIRECT_URI,
      scope: SCOPE,
      clientType: 'confidential',
      idbroker: { url: base },
      identity: { url: base },
    },
  },
});
if (!webex.ready) await new Promise((resolve) => webex.once('ready', resolve));
const authorizeUrl = new URL('/v1/authorize', base);
const asked = {
  client_id: CLIENT_ID,
  redirect_uri: REDIRECT_URI,
  scope: SCOPE,
  response_type: 'code',
  state: 's',
};
for (const [name, value] of Object.entries(asked)) authorizeUrl.searchParams.set(name, value);
const { callback } = await agree(authorizeUrl);
const code = new URL(callback).searchParams.get('code');
await webex.authorization.requestAuthorizationCodeGrant({ code });
const before = webex.credentials.supertoken.access_token;
const me = await webex.people.get('me');
print('signed in', { email: me.emails[0] });

const revoked = await fetch(new URL('/idb/oauth2/v1/revoke', base), {
  method: 'POST',
  headers: { authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}` },
  body: new URLSearchParams({ token: before }),
});
const again = await webex.people.get('me');
print('refreshed', {
  revoked: revoked.status,
  email: again.emails[0],
  isNew: webex.credentials.supertoken.access_token !== before,
});
const refusal = await webex.authorization.requestAuthorizationCodeGrant({ code }).catch((error) => error);
print('code twice', { name: refusal.name, error: refusal.error ?? refusal.body?.error });
process.exit(0);
