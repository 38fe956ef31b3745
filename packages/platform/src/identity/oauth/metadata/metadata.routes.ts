import type { Mount } from '@moothall/http';
import type { World } from '../../../world.ts';
import { responseTypes } from '../authorize/request-checks.ts';
import { scopeCatalogue } from '../consent/scopes.ts';
import { ACR } from '../openid/id-token.ts';
import { grantTypesOf } from '../token/grant-types.ts';
import { getMetadata } from './metadata.contract.ts';

const AUTH_METHODS = ['client_secret_basic', 'client_secret_post'];

function alwaysThere(world: World, issuer: string) {
  const { behaviour } = world.config;
  return {
    issuer,
    authorization_endpoint: `${issuer}/v1/authorize`,
    token_endpoint: `${issuer}/v1/access_token`,
    revocation_endpoint: `${issuer}/v1/revoke`,
    end_session_endpoint: `${issuer}/idb/oauth2/v1/logout`,
    jwks_uri: `${issuer}/idb/oauth2/v2/keys/verification`,
    response_types_supported: [...responseTypes[behaviour]],
    response_modes_supported: behaviour === 'cloud' ? ['query', 'fragment'] : ['query'],
    grant_types_supported: Object.keys(grantTypesOf(world)),
    scopes_supported: [...scopeCatalogue.keys()],
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    code_challenge_methods_supported: ['S256', 'plain'],
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  };
}

/** What the public cloud documents beyond the FAQ (F70). */
function inCloud(issuer: string) {
  return {
    device_authorization_endpoint: `${issuer}/v1/device/authorize`,
    userinfo_endpoint: `${issuer}/v1/userinfo`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    acr_values_supported: [ACR],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'nonce',
      'acr',
      'at_hash',
      'email',
      'name',
    ],
  };
}

/** Ties the metadata to what the other endpoints do in the behaviour of now. */
export function mountMetadata(mount: Mount, world: World): void {
  for (const operation of getMetadata) {
    mount(operation, ({ baseUrl }) => ({
      ...alwaysThere(world, baseUrl),
      ...(world.config.behaviour === 'cloud' && inCloud(baseUrl)),
    }));
  }
}
