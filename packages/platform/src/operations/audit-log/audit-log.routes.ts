import { type Mount, RawReply } from '@moothall/http';
import { encodeCursor, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { auditCategories } from '../audit/index.ts';
import { auditCsv } from './audit-csv.ts';
import {
  exportAuditEvents,
  listAuditCategories,
  listAuditEvents,
  listAuditEventsInHub,
} from './audit-log.contract.ts';
import { presentAuditEvent } from './audit-log.present.ts';
import { assertWithinYear, auditFilterOf } from './audit-log.service.ts';
import { listAuditEvents as list } from './audit-log.store.ts';
import type { AuditEventTable } from './audit-log.table.ts';

const cursorOf = (row: AuditEventTable) => ({ key: row.at.toISOString(), id: row.id });

function mountHub(mount: Mount, world: World): void {
  mount(listAuditEventsInHub, async (request) => {
    const { max } = request.query;
    const rows = await list(world.store.db, auditFilterOf(request, request.query), { max: max + 1 });
    const items = rows.slice(0, max);
    const next = rows.length > max && { next: encodeCursor(cursorOf(items.at(-1)!)) };
    return { items: items.map(presentAuditEvent), categories: auditCategories, ...next };
  });
  mount(exportAuditEvents, (request) => {
    const headers = {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit-log.csv"',
    };
    return new RawReply(200, headers, auditCsv(world, auditFilterOf(request, request.query)));
  });
}

/** Ties the operations of the audit log to their handlers. */
export function mountAuditLog(mount: Mount, world: World): void {
  mount(listAuditEvents, async (request) => {
    const { max, offset, cursor } = request.query;
    const filter = auditFilterOf(request, request.query);
    assertWithinYear(request.query);
    // A cursor already stands behind what the offset passed over.
    const skipped = cursor === undefined ? offset : 0;
    const rows = await list(world.store.db, filter, { max: max + 1, offset: skipped });
    return pageOf(rows, max, presentAuditEvent, cursorOf);
  });
  mount(listAuditCategories, () => ({ eventCategories: Object.keys(auditCategories) }));
  mountHub(mount, world);
}
