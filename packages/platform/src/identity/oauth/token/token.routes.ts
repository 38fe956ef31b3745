import { ApiError } from '@moothall/core';
import { JsonReply, type Mount } from '@moothall/http';
import type { z } from 'zod';
import type { World } from '../../../world.ts';
import { authenticateClient } from '../clients/authenticate-client.ts';
import type { OAuthClient } from '../clients/client.ts';
import { redeemCode } from '../codes/redeem-code.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { type IssuedTokens, presentTokens } from './issued-tokens.ts';
import { refreshTokens } from './refresh-tokens.ts';
import { createTokens, type tokenForm } from './token.contract.ts';

type Form = z.output<typeof tokenForm>;
type GrantType = (world: World, client: OAuthClient, form: Form, traceId: string) => Promise<IssuedTokens>;

/** Tokens stand in the reply: nobody may keep it (RFC 6749, 5.1). */
const UNKEPT = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

function required(form: Form, field: keyof Form): string {
  const value = form[field];
  if (value !== undefined) return value;
  const parameters = { field, remedy: 'it is missing.' };
  throw new ApiError(oauthErrors['oauth.invalid_request'], { parameters });
}

const byCode: GrantType = async (world, client, form, traceId) => {
  if (client.kind !== 'integration')
    throw new ApiError(oauthErrors['oauth.client_not_allowed'], { parameters: { what: 'grant_type' } });
  const shown = {
    code: required(form, 'code'),
    redirectUri: form.redirect_uri,
    verifier: form.code_verifier,
  };
  return (await redeemCode(world, client, shown, traceId)).issued;
};

const byRefreshToken: GrantType = (world, client, form) =>
  refreshTokens(world, client, { refreshToken: required(form, 'refresh_token'), scope: form.scope });

type GrantTypes = Readonly<Record<string, GrantType>>;

const documentedGrants = { authorization_code: byCode, refresh_token: byRefreshToken };

/** Every way to get a token in each behaviour; whatever is not here is refused (F55, F70). */
const grantTypes: Readonly<Record<World['config']['behaviour'], GrantTypes>> = {
  faq: documentedGrants,
  cloud: documentedGrants,
};

/** The ways to get a token in the behaviour of now, by their names. */
export function grantTypesOf({ config }: Pick<World, 'config'>): GrantTypes {
  return grantTypes[config.behaviour];
}

function grantTypeOf(world: World, form: Form): GrantType {
  const known = grantTypesOf(world);
  const found = Object.entries(known).find(([name]) => name === required(form, 'grant_type'));
  if (found) return found[1];
  const parameters = { supported: Object.keys(known).join(' and ') };
  throw new ApiError(oauthErrors['oauth.grant_type_unsupported'], { parameters });
}

/** Ties the token endpoint to its grants. */
export function mountTokenEndpoint(mount: Mount, world: World): void {
  for (const operation of createTokens) {
    mount(operation, async (request) => {
      const { body, trace } = request;
      const give = grantTypeOf(world, body);
      const client = await authenticateClient(world, request);
      const issued = await give(world, client, body, trace.trackingId);
      return new JsonReply(presentTokens(world, issued), UNKEPT);
    });
  }
}
