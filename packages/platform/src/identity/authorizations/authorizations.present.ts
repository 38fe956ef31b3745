import { encodeWireId } from '@moothall/core';
import type { Authorization } from './authorizations.service.ts';

/** An authorization on the wire (documented). */
export function presentAuthorization({
  id,
  type,
  personId,
  clientId,
  applicationName,
  created,
}: Authorization) {
  return {
    id: encodeWireId('AUTHORIZATION', id),
    applicationId: encodeWireId('APPLICATION', clientId),
    applicationName,
    personId: encodeWireId('PEOPLE', personId),
    clientId,
    created: created.toISOString(),
    type,
  };
}

/** An authorization as the hub shows it. */
export function presentInHub(authorization: Authorization) {
  const { scopes, expires } = authorization;
  return {
    ...presentAuthorization(authorization),
    scopes: [...scopes],
    ...(expires && { expires: expires.toISOString() }),
  };
}
