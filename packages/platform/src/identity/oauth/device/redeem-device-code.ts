import { ApiError, type Uuid } from '@moothall/core';
import type { World } from '../../../world.ts';
import { openGrant } from '../../grants/index.ts';
import { hashToken } from '../../tokens/index.ts';
import type { OAuthClient } from '../clients/client.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { type IssuedTokens, mintUnder, personOfGrant } from '../token/issued-tokens.ts';
import { findDevice, lockDevice, updateDevice } from './device.store.ts';
import type { DeviceTable } from './device.table.ts';

function invalid(): ApiError {
  return new ApiError(oauthErrors['oauth.grant_invalid'], { parameters: { field: 'device_code' } });
}

/** Too soon after the last time. */
function isHasty(world: World, { polled_at }: DeviceTable): boolean {
  const intervalMs = world.limits.get('oauth.device_interval') * 1000;
  return polled_at !== null && world.clock.nowMs() - polled_at.getTime() < intervalMs;
}

/** The person's answer, noted with the time of this question. @throws ApiError while there is none to redeem */
async function assertApproved(world: World, device: DeviceTable): Promise<void> {
  if (device.expires_at.getTime() <= world.clock.nowMs())
    throw new ApiError(oauthErrors['oauth.device_code_expired']);
  if (device.used_at !== null) throw invalid();
  if (device.approved === true) return;
  if (device.approved === false) throw new ApiError(oauthErrors['oauth.device_declined']);
  await updateDevice(world.store.db, device.id, { polled_at: world.clock.now() });
  throw new ApiError(oauthErrors[isHasty(world, device) ? 'oauth.slow_down' : 'oauth.authorization_pending']);
}

/**
 * Gives tokens for a device code that its person has agreed to, once. A refused request uses nothing up.
 * @throws ApiError authorization_pending (428), slow_down, expired_token, access_denied, invalid_grant or
 *   tokenlimit_reached
 */
export async function redeemDeviceCode(
  world: World,
  client: OAuthClient,
  deviceCode: string,
): Promise<IssuedTokens> {
  const seen = await findDevice(world.store.db, hashToken(deviceCode));
  if (seen?.client_id !== client.clientId) throw invalid();
  await assertApproved(world, seen);
  const person = await personOfGrant(world, client, seen.person_id as Uuid);
  const { scopes } = seen;
  return world.store.tx(async (tx) => {
    const device = await lockDevice(tx.db, seen.id);
    if (!device || device.used_at !== null) throw invalid();
    const request = { personId: person.id, orgId: person.orgId, clientId: client.clientId, scopes };
    const { grantId, refreshToken, refreshExpiresAt } = await openGrant(world, tx, request);
    await updateDevice(tx.db, device.id, { used_at: world.clock.now() });
    const access = await mintUnder(world, tx, { client, person, grantId }, scopes);
    return { ...access, refreshToken, refreshExpiresAt, scopes };
  });
}
