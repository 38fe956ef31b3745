/** Signs a person in by OpenID Connect as a strict client does, refreshes, and ends it.
 *  Environment: BASE_URL, LAB_KEY, PERSON; CLIENT_ID, CLIENT_SECRET, REDIRECT_URI of the integration. */
import * as oidc from 'openid-client';
import { agree, print } from '../consent.mjs';

const { BASE_URL, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI } = process.env;
const overHttp = { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] };
const config = await oidc.discovery(new URL(BASE_URL), CLIENT_ID, CLIENT_SECRET, undefined, overHttp);
const server = config.serverMetadata();
print('discovery', {
  issuer: server.issuer,
  pkce: server.supportsPKCE(),
  grants: server.grant_types_supported,
});

/** An authorization URL with everything that a careful client sends, and what it checks afterwards. */
async function authorization() {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: 'openid email profile spark:people_read',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

const { url, checks } = await authorization();
const { page, callback } = await agree(url);
print('consent', { page });

const tokens = await oidc.authorizationCodeGrant(config, new URL(callback), checks);
const claims = tokens.claims();
print('tokens', { type: tokens.token_type, expiresIn: tokens.expiresIn(), claims });

const user = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
print('userinfo', user);

const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token);
print('refresh', {
  isSame: refreshed.refresh_token === tokens.refresh_token,
  me: (await me(refreshed.access_token)).status,
});

const again = await oidc.authorizationCodeGrant(config, new URL(callback), checks).catch((error) => error);
print('replay', { error: again.error, before: (await me(refreshed.access_token)).status });

const other = await authorization();
const second = await agree(other.url);
const wrong = { ...other.checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
const refused = await oidc
  .authorizationCodeGrant(config, new URL(second.callback), wrong)
  .catch((error) => error);
print('wrong-verifier', { error: refused.error });

const third = await authorization();
const last = await oidc.authorizationCodeGrant(
  config,
  new URL((await agree(third.url)).callback),
  third.checks,
);
await oidc.tokenRevocation(config, last.refresh_token);
const ended = await oidc.refreshTokenGrant(config, last.refresh_token).catch((error) => error);
print('revocation', { error: ended.error, me: (await me(last.access_token)).status });

function me(token) {
  return oidc
    .fetchProtectedResource(config, token, new URL(`${BASE_URL}/v1/people/me`), 'GET')
    .catch((error) => error.response ?? error);
}
