import type { Actor } from '@moothall/contract';
import { ApiError } from '@moothall/core';
import { authorize, type Decider } from '../../../authorize.ts';
import type { World } from '../../../world.ts';
import { findClient } from '../clients/client.ts';
import { approveAction, type ConsentFacts, consentFacts, decideAction } from '../consent/consent-facts.ts';
import { presentConsent } from '../consent/show-request.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { decideDevice, findWaitingDevice } from './device.store.ts';
import type { DeviceTable } from './device.table.ts';
import { readUserCode } from './user-code.ts';

function unknown(): ApiError {
  return new ApiError(oauthErrors['oauth.user_code_unknown']);
}

/** The device that a person means, and what their decision turns on. @throws ApiError 404 */
async function waitingDevice(
  world: World,
  actor: Actor,
  typed: string,
): Promise<{ device: DeviceTable; facts: ConsentFacts }> {
  const now = world.clock.now();
  const device = await findWaitingDevice(world.store.db, readUserCode(typed), now);
  const client = device && (await findClient(world, device.client_id));
  if (!device || !client) throw unknown();
  return { device, facts: await consentFacts(world, { client, scopes: device.scopes }, actor, now) };
}

/** What a device asks for, by the code that its person typed. @throws ApiError 404 */
export async function showDevice(world: World, actor: Actor, typed: string) {
  const { facts } = await waitingDevice(world, actor, typed);
  return presentConsent(world, actor, facts);
}

/**
 * Answers a device for whoever is signed in, once, and emits `deviceAuthorizations:updated`.
 * @throws ApiError 404, or 403 where the person may not agree
 */
export async function answerDevice(
  world: World,
  decider: Decider,
  { userCode, approved }: { userCode: string; approved: boolean },
): Promise<void> {
  const { actor, trace } = decider;
  const { device, facts } = await waitingDevice(world, actor, userCode);
  authorize(decider, approved ? approveAction : decideAction, facts);
  const { personId, orgId } = actor;
  await world.store.tx(async (tx) => {
    const decision = { personId, approved, now: world.clock.now() };
    if (!(await decideDevice(tx.db, device.id, decision))) throw unknown();
    const data = { id: device.id, clientId: device.client_id, personId, approved };
    const event = { resource: 'deviceAuthorizations', event: 'updated', dataId: device.id, data };
    tx.emit({ orgId, actorId: personId, traceId: trace.trackingId, ...event });
  });
}
