const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const oneUuid = new RegExp(`^${uuid}$`, 'i');
const twoUuids = new RegExp(`^${uuid}:${uuid}$`, 'i');

/** Form of the key behind `ciscospark://<cluster>/<TYPE>/`; types that are absent take any key. */
const keyForms: Readonly<Record<string, RegExp>> = {
  PEOPLE: oneUuid,
  ORGANIZATION: oneUuid,
  ROOM: oneUuid,
  MESSAGE: oneUuid,
  TEAM: oneUuid,
  WEBHOOK: oneUuid,
  ATTACHMENT_ACTION: oneUuid,
  AUTHORIZATION: oneUuid,
  DEVICE: oneUuid,
  PLACE: oneUuid,
  MEMBERSHIP: twoUuids,
  TEAM_MEMBERSHIP: twoUuids,
  APPLICATION: /^C[0-9a-f]{64}$/,
};

const decodedId = /^ciscospark:\/\/([^/]+)\/([A-Z_]+)\/(.+)$/;
const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const anyInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)$/;

/** Checks one wire id: base64url, unpadded, of `ciscospark://us/<TYPE>/<key>` (documented by examples and by
 *  what SDKs build themselves). People and organizations are always in cluster `us`.
 *  @param type  expected TYPE, or `*` for any
 *  @returns what is wrong, or undefined */
export function checkId(value: string, type: string): string | undefined {
  if (value.endsWith('=')) return 'is a padded id; strip the trailing "="';
  if (!/^[A-Za-z0-9_-]+$/.test(value)) return 'is not base64url; use "-" and "_" and no padding';
  const match = decodedId.exec(Buffer.from(value, 'base64url').toString('utf8'));
  if (!match) return 'does not decode to ciscospark://<cluster>/<TYPE>/<key>';
  const [, cluster = '', actual = '', key = ''] = match;
  if (type !== '*' && actual !== type) return `is an id of type ${actual}; expected ${type}`;
  if (cluster !== 'us' && !isOtherCluster(cluster, actual)) return `has cluster "${cluster}"; use "us"`;
  const form = keyForms[actual];
  return form && !form.test(key) ? `has the key "${key}", which is not the form of ${actual}` : undefined;
}

/** Checks one date-time.
 *  @param precision  `milliseconds`: `YYYY-MM-DDTHH:MM:SS.mmmZ` and nothing else, what the Python SDK parses
 *  (as-observed); `any`: fraction optional and offset allowed, for meetings shown in a time zone (documented)
 *  @returns what is wrong, or undefined */
export function checkDate(value: string, precision: 'milliseconds' | 'any'): string | undefined {
  const form = precision === 'milliseconds' ? milliseconds : anyInstant;
  const wanted = precision === 'milliseconds' ? 'YYYY-MM-DDTHH:MM:SS.mmmZ' : 'an ISO 8601 date-time';
  if (!form.test(value)) return `is "${value}"; expected ${wanted}`;
  return Number.isNaN(Date.parse(value)) ? `is "${value}", which is not a date of the calendar` : undefined;
}

function isOtherCluster(cluster: string, type: string): boolean {
  return cluster.startsWith('urn:') && type !== 'PEOPLE' && type !== 'ORGANIZATION';
}
