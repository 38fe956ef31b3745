import { ApiError } from '@moothall/core';
import type { z } from 'zod';
import type { World } from '../../../world.ts';
import type { OAuthClient } from '../clients/client.ts';
import { type Redemption, redeemCode } from '../codes/redeem-code.ts';
import { redeemDeviceCode } from '../device/redeem-device-code.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { idTokenOf } from '../openid/id-token.ts';
import type { IssuedTokens } from './issued-tokens.ts';
import { refreshTokens } from './refresh-tokens.ts';
import type { tokenForm } from './token.contract.ts';

type Form = z.output<typeof tokenForm>;

/** A request for tokens of a client that is known. */
export type TokenRequest = { client: OAuthClient; form: Form; traceId: string; baseUrl: string };

type GrantType = (world: World, request: TokenRequest) => Promise<IssuedTokens>;
type GrantTypes = Readonly<Record<string, GrantType>>;

function required(form: Form, field: keyof Form): string {
  const value = form[field];
  if (value !== undefined) return value;
  const parameters = { field, remedy: 'it is missing.' };
  throw new ApiError(oauthErrors['oauth.invalid_request'], { parameters });
}

/** Who asked for `openid` is told who it is. */
async function withIdToken(
  world: World,
  { client, code, person, issued }: Redemption & { issued: IssuedTokens },
  issuer: string,
): Promise<IssuedTokens> {
  if (world.config.behaviour !== 'cloud' || !code.scopes.includes('openid')) return issued;
  const { clientId } = client;
  const { scopes, auth_time: authTime } = code;
  const about = { person, clientId, scopes, issuer, authTime, accessToken: issued.accessToken };
  return { ...issued, idToken: await idTokenOf(world, { ...about, nonce: code.nonce ?? undefined }) };
}

const byCode: GrantType = async (world, { client, form, traceId, baseUrl }) => {
  if (client.kind !== 'integration')
    throw new ApiError(oauthErrors['oauth.client_not_allowed'], { parameters: { what: 'grant_type' } });
  const shown = {
    code: required(form, 'code'),
    redirectUri: form.redirect_uri,
    verifier: form.code_verifier,
  };
  return withIdToken(world, await redeemCode(world, client, shown, traceId), baseUrl);
};

const byRefreshToken: GrantType = (world, { client, form }) =>
  refreshTokens(world, client, { refreshToken: required(form, 'refresh_token'), scope: form.scope });

const byDeviceCode: GrantType = (world, { client, form }) =>
  redeemDeviceCode(world, client, required(form, 'device_code'));

const documentedGrants = { authorization_code: byCode, refresh_token: byRefreshToken };

/** Every way to get a token in each behaviour; whatever is not here is refused (F55, F70). */
const grantTypes: Readonly<Record<World['config']['behaviour'], GrantTypes>> = {
  faq: documentedGrants,
  cloud: { ...documentedGrants, 'urn:ietf:params:oauth:grant-type:device_code': byDeviceCode },
};

/** The ways to get a token in the behaviour of now, by their names. */
export function grantTypesOf({ config }: Pick<World, 'config'>): GrantTypes {
  return grantTypes[config.behaviour];
}

/** The way that a form asks for. @throws ApiError invalid_request or unsupported_grant_type */
export function grantTypeOf(world: World, form: Form): GrantType {
  const known = grantTypesOf(world);
  const asked = required(form, 'grant_type');
  const found = Object.entries(known).find(([name]) => name === asked);
  if (found) return found[1];
  const parameters = { supported: Object.keys(known).join(' and ') };
  throw new ApiError(oauthErrors['oauth.grant_type_unsupported'], { parameters });
}
