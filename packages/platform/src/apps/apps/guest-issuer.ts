import type { Uuid } from '@moothall/core';
import type { World } from '../../world.ts';
import { findAppByIssuerId } from './apps.store.ts';

/** A guest issuer as the check of its tokens needs it. */
export type GuestIssuer = {
  appId: Uuid;
  orgId: Uuid;
  clientId: string;
  /** Key of HMAC SHA-256: the base64-decoded shared secret. */
  key: Uint8Array;
};

/** The guest issuer that tokens name as `iss`; undefined where there is none, or it has no secret. */
export async function findGuestIssuer(world: World, issuerId: string): Promise<GuestIssuer | undefined> {
  const row = await findAppByIssuerId(world.store.db, issuerId);
  if (!row || row.secret_sealed === null) return undefined;
  const key = Buffer.from(world.secrets.open(row.secret_sealed), 'base64');
  return { appId: row.id as Uuid, orgId: row.org_id as Uuid, clientId: row.client_id, key };
}
