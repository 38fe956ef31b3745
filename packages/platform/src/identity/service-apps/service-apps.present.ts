import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import { findScope } from '../scopes/index.ts';
import type { authorizeServiceApp, listOwnAuthorizations } from './service-apps.contract.ts';
import type { ShownAuthorization } from './service-apps.store.ts';

type ForAdmin = z.input<NonNullable<typeof authorizeServiceApp.response>>;
type ForOwner = z.input<NonNullable<typeof listOwnAuthorizations.response>>['items'][number];

function timesOf({ requested_at, decided_at }: ShownAuthorization) {
  return {
    ...(requested_at && { requested: requested_at.toISOString() }),
    ...(decided_at && { decided: decided_at.toISOString() }),
  };
}

/** A service app as administrators see it, with what it asks for in plain words. */
export function presentForAdmin(row: ShownAuthorization): ForAdmin {
  const { app, state } = row;
  return {
    id: app.id,
    applicationId: encodeWireId('APPLICATION', app.client_id),
    name: app.name,
    description: app.description,
    state,
    developer: {
      organization: row.app_org_name,
      ...(row.owner_email !== null && { email: row.owner_email }),
    },
    scopes: app.scopes.map((name) => ({
      name,
      words: findScope(name)?.text ?? name,
      authorized: state === 'authorized' && row.scopes.includes(name),
    })),
    ...(row.person_id !== null && { personId: encodeWireId('PEOPLE', row.person_id) }),
    ...timesOf(row),
    ...(row.decided_by_email !== null && { decidedBy: row.decided_by_email }),
    version: String(app.version),
  };
}

/** An organisation of a service app as the app's owner sees it. */
export function presentForOwner(row: ShownAuthorization): ForOwner {
  return {
    orgId: encodeWireId('ORGANIZATION', row.org_id),
    organization: row.org_name,
    state: row.state,
    scopes: row.state === 'authorized' ? row.scopes : [],
    ...timesOf(row),
  };
}
