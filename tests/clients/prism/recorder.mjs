import { knownDefects } from './known-defects.mjs';

const requestTimeoutMs = 30_000;

/** Sends requests through the proxy and keeps, per operation, the violations that it reports. */
export class Recorder {
  #baseUrl;
  #tokens;
  /** @type {Map<string, {calls: number, problems: string[], defects: string[], skipped: string | undefined}>} */
  rows = new Map();

  /** @param {string} baseUrl  of the proxy
   *  @param {Record<string, string>} tokens  access token per role */
  constructor(baseUrl, tokens) {
    this.#baseUrl = baseUrl;
    this.#tokens = tokens;
  }

  /** Sends one request as a role and records the reply under an operation (`GET /rooms/{roomId}`).
   *  @returns the parsed body; undefined when it failed or the role has no token (then the operation is skipped) */
  async call(operation, role, path, { body, status = 200 } = {}) {
    const row = this.#row(operation);
    const token = this.#tokens[role];
    if (!token) {
      row.skipped ??= noToken(role);
      return undefined;
    }
    row.calls += 1;
    try {
      const response = await this.#send(operation.split(' ')[0], path, token, body);
      return await judge(row, operation, response, status);
    } catch (error) {
      row.problems.push(`${error.message}${error.cause ? ` (${error.cause.message})` : ''}`);
      return undefined;
    }
  }

  /** Marks an operation that cannot be tried because `cause` gave nothing: skipped when that was never sent or when
   *  the role has no token, failed otherwise. */
  blocked(operation, cause, role = 'user') {
    const earlier = this.rows.get(cause);
    const row = this.#row(operation);
    if (!this.#tokens[role]) row.skipped ??= noToken(role);
    else if (earlier?.calls === 0) row.skipped ??= earlier.skipped;
    else row.problems.push(`needs ${cause}, which gave nothing to go on with`);
  }

  #row(operation) {
    const row = this.rows.get(operation) ?? { calls: 0, problems: [], defects: [], skipped: undefined };
    this.rows.set(operation, row);
    return row;
  }

  #send(method, path, token, body) {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (body) headers['content-type'] = 'application/json';
    return fetch(`${this.#baseUrl}${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  }
}

function noToken(role) {
  return `no token for "${role}"`;
}

async function judge(row, operation, response, status) {
  const text = await response.text();
  // Prism answers itself where the server says 501.
  if (!response.headers.has('trackingid')) {
    row.problems.push('the reply is not from the server, which says by 501 that this is not built');
    return undefined;
  }
  if (response.status !== status) {
    row.problems.push(`answered ${response.status}, expected ${status}: ${text.slice(0, 300)}`);
    return undefined;
  }
  for (const violation of violationsOf(response)) sort(row, operation, violation);
  return text === '' ? {} : JSON.parse(text);
}

/** Violations of the request are about what this program sends, which the description restricts more than the
 *  service does; only those of the response count. */
function violationsOf(response) {
  const header = response.headers.get('sl-violations');
  return header ? JSON.parse(header).filter((violation) => violation.location?.[0] === 'response') : [];
}

function sort(row, operation, { location, message }) {
  const pointer = location.join('.');
  const defect = knownDefects.find((known) => known.operation === operation && known.location.test(pointer));
  if (defect) row.defects.push(`${pointer} ${message} [${defect.source}]`);
  else row.problems.push(`${pointer} ${message}`);
}
