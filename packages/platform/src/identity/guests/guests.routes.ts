import { encodeWireId } from '@moothall/core';
import { type Mount, RawReply } from '@moothall/http';
import type { World } from '../../world.ts';
import { countGuests, createGuestToken, loginByJwt } from './guests.contract.ts';
import { admitGuest, loginGuest } from './guests.service.ts';
import { countGuestsOf } from './guests.store.ts';

/** Ties the operations of guests to their handlers. */
export function mountGuests(mount: Mount, world: World): void {
  mount(loginByJwt, (request) => loginGuest(world, request));
  mount(createGuestToken, async ({ actor, trace, body }) => {
    const expiresIn = world.limits.get('guest.token_lifetime');
    const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
    const guest = { orgId: actor.orgId, clientId: actor.appId, ...body };
    const { personId, displayName, email, token } = await admitGuest(world, guest, expiresIn, cause);
    const id = encodeWireId('PEOPLE', personId);
    return { id, subject: body.subject, displayName, email, accessToken: token, expiresIn };
  });
  mount(countGuests, async ({ actor }) => {
    const count = await countGuestsOf(world.store.db, actor.orgId);
    return new RawReply(200, { 'Content-Type': 'text/plain;charset=UTF-8' }, String(count));
  });
}
