import type { z } from 'zod';
import { firstPartyAppOf } from '../tokens/index.ts';
import { browserName } from './browser-name.ts';
import type { listOwnGrants, listOwnSessions } from './own-sessions.contract.ts';
import type { OwnGrantRow, OwnSessionRow } from './own-sessions.store.ts';

type WireSession = z.input<typeof listOwnSessions.response & object>['items'][number];
type WireGrant = z.input<typeof listOwnGrants.response & object>['items'][number];

function nameOf(row: OwnSessionRow): string {
  if (row.kind === 'browser') return browserName(row.userAgent);
  if (row.kind === 'site') return firstPartyAppOf(row.site).name;
  if (row.kind === 'personal') return 'Personal access token';
  return row.appName ?? 'An app that was deleted';
}

/** A session of the account in wire form. @param currentId session of the browser that asks */
export function presentOwnSession(row: OwnSessionRow, currentId: string): WireSession {
  return {
    id: row.id,
    kind: row.kind as WireSession['kind'],
    clientName: nameOf(row),
    ...(row.clientId !== null && { clientId: row.clientId }),
    created: row.created.toISOString(),
    ...(row.lastUsed && { lastUsed: row.lastUsed.toISOString() }),
    ...(row.expires && { expires: row.expires.toISOString() }),
    ...(row.userAgent !== null && { userAgent: row.userAgent }),
    ...(row.ip !== null && { ip: row.ip }),
    current: row.sessionId === currentId,
  };
}

/** What the caller allows an app, in wire form. */
export function presentOwnGrant(row: OwnGrantRow): WireGrant {
  return {
    clientId: row.clientId,
    clientName: row.appName ?? 'An app that was deleted',
    scopes: row.scopes,
    created: row.created.toISOString(),
    ...(row.lastUsed && { lastUsed: row.lastUsed.toISOString() }),
    activeTokens: row.activeTokens,
  };
}
