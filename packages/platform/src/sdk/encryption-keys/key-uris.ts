import { parseUuid, type Uuid } from '@moothall/core';

const HOST = 'kms.moothall.local';

/** Host of all URIs of keys, and name in the certificate; no such host is ever looked up. */
export const kmsHost = HOST;

/** Destination of messages to the key service. */
export const kmsCluster = `kms://${HOST}`;

/** Kinds of things that URIs name. */
export type KeyUriKind = 'identities' | 'ecdhe' | 'keys' | 'resources';

/** URI of a thing, e.g. `kms://kms.moothall.local/keys/<uuid>`. */
export function keyUri(kind: KeyUriKind, id: string): string {
  return `${kmsCluster}/${kind}/${id}`;
}

/** Path of a URI of this key service, with its query; undefined for one of another. A bare path is ours. */
export function pathOfKeyUri(uri: string): string | undefined {
  if (uri.startsWith('/')) return uri;
  return uri.startsWith(`${kmsCluster}/`) ? uri.slice(kmsCluster.length) : undefined;
}

/** Id that a URI names; undefined when it names no thing of that kind. */
export function idOfKeyUri(kind: KeyUriKind, uri: string): Uuid | undefined {
  const path = pathOfKeyUri(uri);
  return path?.startsWith(`/${kind}/`) ? parseUuid(path.slice(kind.length + 2)) : undefined;
}
