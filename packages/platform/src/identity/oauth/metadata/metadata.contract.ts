import { z } from 'zod';
import { oauthOperations } from '../oauth-fields.contract.ts';

const documented = {
  method: 'GET',
  source: 'documented',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/oauth/metadata/metadata.test.ts'],
  },
} as const;

/** What this server can do (RFC 8414), with OpenID Connect in `cloud`. */
const metadataBody = z.strictObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  revocation_endpoint: z.string(),
  jwks_uri: z.string(),
  response_types_supported: z.array(z.string()),
  response_modes_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  scopes_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  revocation_endpoint_auth_methods_supported: z.array(z.string()),
  code_challenge_methods_supported: z.array(z.string()),
  prompt_values_supported: z.array(z.string()),
  service_documentation: z.string().optional(),
  device_authorization_endpoint: z.string().optional(),
  userinfo_endpoint: z.string().optional(),
  end_session_endpoint: z.string(),
  subject_types_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  acr_values_supported: z.array(z.string()).optional(),
  claims_supported: z.array(z.string()).optional(),
});

/** The metadata at each address where clients look for it. */
export const getMetadata = oauthOperations(
  [
    { id: 'oauth.metadata', base: '', path: '/.well-known/oauth-authorization-server' },
    { id: 'oauth.openid_metadata', base: '', path: '/.well-known/openid-configuration' },
    { id: 'oauth.metadata_v1', base: '/v1', path: '/.well-known/oauth-authorization-server' },
    { id: 'oauth.openid_metadata_v1', base: '/v1', path: '/.well-known/openid-configuration' },
    { id: 'oauth.openid_metadata_idb', base: '/idb', path: '/.well-known/openid-configuration' },
  ],
  { ...documented, summary: 'Tell clients what the OAuth server can do', response: metadataBody },
);
