import { type Mount, Page } from '@moothall/http';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import {
  endOtherSessions,
  endOwnSession,
  listOwnGrants,
  listOwnSessions,
  revokeOwnGrant,
} from './own-sessions.contract.ts';
import { presentOwnGrant, presentOwnSession } from './own-sessions.present.ts';
import {
  endOwnSession as endOne,
  endOtherSessions as endOthers,
  revokeOwnGrant as revoke,
  tokenMeter,
} from './own-sessions.service.ts';
import { findOwnGrants, findOwnSessions } from './own-sessions.store.ts';

/** Ties the operations of one's own sessions to their handlers. */
export function mountOwnSessions(mount: Mount, world: World): void {
  mount(listOwnSessions, async ({ actor, query: { max, cursor } }) => {
    const after = cursor === undefined ? undefined : decodeKeyset(cursor, { byTime: true });
    const asked = { now: world.clock.now(), max, after };
    const rows = await findOwnSessions(world.store.db, actor.personId, asked);
    const current = actor.sessionId ?? actor.tokenId;
    const page = pageOf(
      rows,
      max,
      (row) => presentOwnSession(row, current),
      ({ created, id }) => ({ key: created.toISOString(), id }),
    );
    return new Page(page.items, page.next, await tokenMeter(world, actor.personId));
  });
  mount(endOwnSession, async (request) => void (await endOne(world, request, request.params.id)));
  mount(endOtherSessions, async (request) => {
    const ended = await endOthers(world, request);
    return { ended, ...(await tokenMeter(world, request.actor.personId)) };
  });
  mount(listOwnGrants, async ({ actor, query: { max, cursor } }) => {
    const rows = await findOwnGrants(world.store.db, actor.personId, {
      now: world.clock.now(),
      max,
      after: cursor,
    });
    const shown = rows.slice(0, max);
    const next = rows.length > max ? { cursor: shown.at(-1)!.clientId } : undefined;
    return new Page(shown.map(presentOwnGrant), next);
  });
  mount(revokeOwnGrant, async (request) => void (await revoke(world, request, request.params.clientId)));
}
