import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sight, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

describe('@auth/core 0.41.3', () => {
  let server: RunningServer;
  let sights: Sight[];

  beforeAll(async () => {
    server = await startServer();
    const { clientId, clientSecret } = server.integration('webapp');
    const client = startClient('auth-core', 'run.mjs', {
      BASE_URL: server.baseUrl,
      LAB_KEY: server.labKey,
      PERSON: server.account('ben').email,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
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

  it('sends the browser to the page of the consent, with PKCE', () => {
    expect(saw('authorize')).toMatchObject({
      response_type: 'code',
      scope: 'spark:kms spark:people_read',
      redirect_uri: server.integration('webapp').redirectUris[0],
      code_challenge_method: 'S256',
    });
    expect(saw('consent').page).toBe('/account/authorize');
  });

  it('signs the person in', () => {
    expect(saw('callback')).toMatchObject({
      status: 302,
      location: 'http://127.0.0.1:9998/home',
      problems: [],
    });
    const { email, displayName } = server.account('ben');
    expect(saw('session')).toMatchObject({ user: { email, name: displayName }, type: 'bearer' });
    expect(saw('session').scope).toContain('spark:people_read');
  });

  it('gets another access token for the refresh token', () => {
    expect(saw('refresh')).toEqual({ step: 'refresh', status: 200, emails: [server.account('ben').email] });
  });

  it('is told that a code of before is none for another sign-in', () => {
    expect(saw('replay').location).toMatch(/\/auth\/error\?/);
    expect(saw('replay').problems).toEqual([expect.stringContaining('invalid_grant')]);
  });
});
