import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sight, startClient } from '../client-process.ts';
import { type RunningServer, startServer } from '../start-server.ts';

describe('grant 5.4.24', () => {
  let server: RunningServer;
  let sights: Sight[];

  beforeAll(async () => {
    server = await startServer();
    const { clientId, clientSecret } = server.integration('webapp');
    const client = startClient('grant', 'run.mjs', {
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

  it('sends the browser to the page of the consent', () => {
    expect(saw('authorize')).toMatchObject({
      page: '/account/authorize',
      response_type: 'code',
      scope: 'spark:people_read spark:rooms_read',
      redirect_uri: server.integration('webapp').redirectUris[1],
    });
  });

  it('gets tokens and the profile of who agreed', () => {
    expect(saw('signed-in')).toMatchObject({ profile: { displayName: 'Ben Baker', type: 'person' } });
    expect(saw('signed-in').keys).toEqual(
      expect.arrayContaining(['access_token', 'expires_in', 'refresh_token', 'refresh_token_expires_in']),
    );
    expect(saw('signed-in').expiresIn).toBeGreaterThan(1_209_000);
  });

  it('does the same with credentials in Basic, and with PKCE', () => {
    expect(saw('with-basic-and-pkce')).toMatchObject({
      method: 'S256',
      profile: { emails: [server.account('ben').email] },
    });
  });

  it('refreshes: another access token, the same refresh token', () => {
    expect(saw('refresh')).toMatchObject({ status: 200, isSame: true, isNew: true });
    expect(saw('refresh').rooms).toContain('General talk');
  });
});
