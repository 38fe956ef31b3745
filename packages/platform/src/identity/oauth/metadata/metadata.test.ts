import { startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
});
afterAll(() => kit.close());
afterEach(() => {
  kit.world.config.behaviour = 'faq';
});

const places = [
  '/.well-known/oauth-authorization-server',
  '/.well-known/openid-configuration',
  '/v1/.well-known/oauth-authorization-server',
  '/v1/.well-known/openid-configuration',
  '/idb/.well-known/openid-configuration',
];

describe('the metadata', () => {
  it.each(places)('%s names code and refresh only (F70)', async (path) => {
    const { status, body } = await kit.anonymous.get(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      issuer: kit.baseUrl,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256', 'plain'],
    });
    expect(body).not.toHaveProperty('device_authorization_endpoint');
    expect(body).not.toHaveProperty('userinfo_endpoint');
    for (const key of ['authorization_endpoint', 'token_endpoint', 'revocation_endpoint'])
      expect(new URL(body[key]).origin).toBe(kit.baseUrl);
  });

  it('follows the behaviour of now', async () => {
    kit.world.config.behaviour = 'cloud';
    const { body } = await kit.anonymous.get(places[1]!);
    expect(body.response_types_supported).toEqual(['code', 'token', 'id_token', 'id_token token']);
    expect(body).toMatchObject({
      device_authorization_endpoint: `${kit.baseUrl}/v1/device/authorize`,
      userinfo_endpoint: `${kit.baseUrl}/v1/userinfo`,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });
});
