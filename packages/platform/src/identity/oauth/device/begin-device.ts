import { ApiError } from '@moothall/core';
import type { World } from '../../../world.ts';
import { hashToken, newTokenText } from '../../tokens/index.ts';
import { scopesOf } from '../authorize/request-checks.ts';
import { findClient } from '../clients/client.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { deleteDevices, insertDevice } from './device.store.ts';
import { newUserCode, showUserCode } from './user-code.ts';

/** What a device says of itself; it is no secret, so it need not prove it. */
export type DeviceForm = { client_id?: string | undefined; scope?: string | undefined };

/**
 * Begins the grant of a device (RFC 8628) and emits `deviceAuthorizations:created`.
 * @param baseUrl where its person finds our page
 * @throws ApiError invalid_client, invalid_scope, or unsupported_grant_type in `faq` (F70)
 */
export async function beginDevice(world: World, form: DeviceForm, baseUrl: string) {
  if (world.config.behaviour !== 'cloud') throw new ApiError(oauthErrors['oauth.cloud_only']);
  const client = await findClient(world, form.client_id);
  if (client?.kind !== 'integration') throw new ApiError(oauthErrors['oauth.client_unknown']);
  const scopes = [...scopesOf(form.scope, { world, client })];
  const lifetimeSeconds = world.limits.get('oauth.device_code_lifetime');
  const deviceCode = newTokenText(world.random, client.orgId);
  const [id, now, userCode] = [world.ids.uuid(), world.clock.now(), newUserCode(world.random)];
  await world.store.tx(async (tx) => {
    await deleteDevices(tx.db, now);
    const undecided = { polled_at: null, person_id: null, decided_at: null, approved: null, used_at: null };
    await insertDevice(tx.db, {
      ...undecided,
      id,
      device_hash: hashToken(deviceCode),
      user_code: userCode,
      client_id: client.clientId,
      scopes,
      created: now,
      expires_at: new Date(now.getTime() + lifetimeSeconds * 1000),
    });
    const data = { id, clientId: client.clientId, scopes };
    const event = { resource: 'deviceAuthorizations', event: 'created', dataId: id, data };
    tx.emit({ orgId: client.orgId, appId: client.clientId, ...event });
  });
  const page = `${baseUrl}/account/device`;
  return {
    device_code: deviceCode,
    user_code: showUserCode(userCode),
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${showUserCode(userCode)}`,
    expires_in: lifetimeSeconds,
    interval: world.limits.get('oauth.device_interval'),
  };
}
