import { parseUuid, type Uuid } from './uuid.ts';

/** Types that stand in the middle of a wire id (api reference, "IDs"; documented). */
export type WireType =
  | 'PEOPLE'
  | 'ORGANIZATION'
  | 'ROOM'
  | 'MESSAGE'
  | 'MEMBERSHIP'
  | 'TEAM'
  | 'TEAM_MEMBERSHIP'
  | 'WEBHOOK'
  | 'ATTACHMENT_ACTION'
  | 'CONTENT'
  | 'EVENT'
  | 'APPLICATION'
  | 'AUTHORIZATION'
  | 'CLASSIFICATION'
  | 'ROLE'
  | 'LICENSE'
  | 'LOCATION'
  | 'TABS';

/** A pair of UUIDs joined by a colon: the key of memberships. */
export type PairKey = { first: Uuid; second: Uuid };

/** Unpadded base64url of an ASCII text. */
function toBase64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64(text: string): string | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (standard === '' || /[^A-Za-z0-9+/]/.test(standard)) return undefined;
  try {
    return atob(standard);
  } catch {
    return undefined;
  }
}

/**
 * The wire form of an id: unpadded base64url of `ciscospark://us/{TYPE}/{key}` (documented).
 * The official SDK builds ids of people by itself and compares them byte by byte.
 */
export function encodeWireId(type: WireType, key: string): string {
  return toBase64Url(`ciscospark://us/${type}/${key}`);
}

/**
 * The key within a wire id of one of `types`. Padding, either base64 alphabet and any cluster
 * name are accepted; a text that is no wire id is returned as the bare key (as observed).
 * @returns undefined when the text is a wire id of another type
 */
export function decodeWireKey(types: readonly WireType[], text: string): string | undefined {
  const match = /^ciscospark:\/\/[^/]+\/([A-Z_]+)\/(.+)$/.exec(fromBase64(text) ?? '');
  if (match === null) return text;
  return (types as readonly string[]).includes(match[1]!) ? match[2] : undefined;
}

/** Reads the wire form, or a bare UUID, as a UUID; undefined when it is neither. */
export function decodeWireUuid(types: readonly WireType[], text: string): Uuid | undefined {
  const key = decodeWireKey(types, text);
  return key === undefined ? undefined : parseUuid(key);
}

/** The wire form of a membership: `{person}:{room or team}`. */
export function encodePairId(type: WireType, pair: PairKey): string {
  return encodeWireId(type, `${pair.first}:${pair.second}`);
}

/** Reads `{uuid}:{uuid}` in wire or bare form; undefined when it is neither. */
export function decodePairId(types: readonly WireType[], text: string): PairKey | undefined {
  const [first, second, ...rest] = (decodeWireKey(types, text) ?? '').split(':').map(parseUuid);
  return first && second && rest.length === 0 ? { first, second } : undefined;
}
