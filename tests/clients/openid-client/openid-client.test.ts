import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sight, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

describe('openid-client 6.8.9, behaviour cloud', () => {
  let server: RunningServer;
  let sights: Sight[];

  beforeAll(async () => {
    server = await startServer(['--behaviour', 'cloud']);
    const { clientId, clientSecret, redirectUris } = server.integration('webapp');
    const client = startClient('openid-client', 'run.mjs', {
      BASE_URL: server.baseUrl,
      LAB_KEY: server.labKey,
      PERSON: server.account('ben').email,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      REDIRECT_URI: redirectUris[2]!,
    });
    sights = await client.finished();
  }, 180_000);

  afterAll(async () => {
    await server?.stop();
  }, 120_000);

  function saw(step: string): Sight {
    const sight = sights.find((one) => one.step === step);
    expect(sight, `the client printed no '${step}'`).toBeDefined();
    return sight!;
  }

  it('finds out by discovery what the server can do', () => {
    expect(saw('discovery')).toMatchObject({ issuer: server.baseUrl, pkce: true });
    expect(saw('discovery').grants).toContain('refresh_token');
    expect(saw('consent').page).toBe('/account/authorize');
  });

  it('believes the id_token: signature, issuer, audience, nonce, times', () => {
    const { email, displayName } = server.account('ben');
    expect(saw('tokens')).toMatchObject({
      type: 'bearer',
      claims: { iss: server.baseUrl, email, name: displayName },
    });
    const { step: _step, ...user } = saw('userinfo');
    expect(user).toMatchObject({ sub: saw('tokens').claims.sub, email, name: displayName });
  });

  it('refreshes, with a refresh token that stays', () => {
    expect(saw('refresh')).toMatchObject({ isSame: true, me: 200 });
  });

  it('ends what a code gave when the code comes twice, and takes no other verifier', () => {
    expect(saw('replay')).toMatchObject({ error: 'invalid_grant', before: 401 });
    expect(saw('wrong-verifier')).toMatchObject({ error: 'invalid_grant' });
  });

  it('ends a grant by revoking its refresh token', () => {
    expect(saw('revocation')).toMatchObject({ error: 'invalid_grant', me: 401 });
  });
});
