import { decodeWireKey } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { decodeCursor, decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { presentApp } from '../apps/index.ts';
import { listTransferableApps, transferApp } from './app-transfer.contract.ts';
import { transferApp as transfer } from './app-transfer.service.ts';
import { findTransferable } from './app-transfer.store.ts';

const ORPHANED = 'orphaned';

/** Where a page ended: in which of the two parts of the list, and at which app. */
function readCursor(text: string | undefined) {
  if (text === undefined) return undefined;
  const { key, id } = decodeCursor(text);
  // Any other key is that of the second part, which is empty.
  return key === ORPHANED && !id.includes(':')
    ? { orphaned: true, id }
    : { orphaned: false, id: decodeKeyset(text, { byTime: false }).id };
}

/** Ties the operations of the transfer of apps to their handlers. */
export function mountAppTransfer(mount: Mount, world: World): void {
  mount(listTransferableApps, async ({ actor, query, baseUrl }) => {
    const { id, type, personId, state, cursor, ...texts } = query;
    const rows = await findTransferable(world.store.db, {
      ...texts,
      orgId: actor.orgId,
      ownerId: personId,
      anyId: id && (decodeWireKey(['APPLICATION'], id) ?? id),
      kind: type,
      onlyOrphaned: state === ORPHANED,
      after: readCursor(cursor),
    });
    return pageOf(
      rows,
      query.max,
      (row) => ({ ...presentApp(row, baseUrl), orphaned: row.orphaned }),
      (row) => ({ key: row.orphaned ? ORPHANED : '', id: row.id }),
    );
  });
  mount(transferApp, async (request) => {
    const { app, secret } = await transfer(world, request, request.params.id, request.body);
    return { app: presentApp(app, request.baseUrl), ...(secret && { secret }) };
  });
}
