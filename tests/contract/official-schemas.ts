import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkErrorBody } from './official/error-body.ts';
import { PathTree } from './official/path-tree.ts';
import { ResponseChecks } from './official/response-checks.ts';
import {
  hasSpecs,
  isSpecName,
  readScopeRows,
  type ScopeRow,
  type SpecName,
} from './official/spec-document.ts';

/** One reply of a server: `path` as requested (`/v1/rooms/Y2lz?max=1`), `body` parsed or undefined. */
export type ResponseSample = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType?: string;
  readonly body: unknown;
};

/** One deviation. `operation` is `GET /rooms/{roomId}`, or method and path when no official one matches;
 *  `pointer` is a JSON pointer into the body. */
export type Violation = {
  readonly operation: string;
  readonly pointer: string;
  readonly message: string;
  readonly rule: 'status' | 'content' | 'schema' | 'unknown-key' | 'format' | 'error-body';
};

/** An official operation with its tier. */
export type OfficialOperation = Pick<ScopeRow, 'method' | 'path' | 'tier' | 'spec' | 'operationId'>;

/** Result of a validation; `matched` is false when no schema of tier 1 or 2 stands for the request. */
export type Validation = { readonly matched: boolean; readonly violations: Violation[] };

type Target = { readonly spec: SpecName; readonly path: string; readonly method: string };

/** The official descriptions of the platform's REST interface, as a judge of replies. Files are read and
 *  schemas compiled when first needed, then kept. */
export class OfficialSchemas {
  readonly #rows: ScopeRow[];
  readonly #tree = new PathTree<Target>();
  readonly #checks: ResponseChecks;

  /** @param dir  folder with webex-*.json, scope.json and required-overlay.json */
  constructor(dir: string) {
    this.#rows = readScopeRows(dir);
    this.#checks = new ResponseChecks(dir);
    for (const { spec, path, method, tier } of this.#rows) {
      if (tier <= 2 && isSpecName(spec)) this.#tree.add(method, path, { spec, path, method });
    }
  }

  /** Every official operation once, all tiers, those that stand in no file (`extra:*`) included. */
  operations(): OfficialOperation[] {
    return this.#rows.map(({ method, path, tier, spec, operationId }) => ({
      method,
      path,
      tier,
      spec,
      operationId,
    }));
  }

  /** Judges one reply: status, content type, schema, unknown keys, forms of ids and dates, error body.
   *  Paths outside `/v1` are never judged; the error body is judged for
   *  every path below it that answers JSON. */
  validate(sample: ResponseSample): Validation {
    if (!sample.path.startsWith('/v1/')) return { matched: false, violations: [] };
    const target = this.#tree.find(sample.method, sample.path.slice('/v1'.length));
    const operation = target ? `${target.method} ${target.path}` : `${sample.method} ${sample.path}`;
    const violations: Violation[] = [];
    const report = (rule: Violation['rule'], pointer: string, message: string) => {
      violations.push({ operation, pointer, message, rule });
    };
    if (sample.status >= 400) judgeError(sample, target !== undefined, report);
    else if (target && sample.status < 300) this.#checks.judge(target, sample, report);
    return { matched: target !== undefined, violations };
  }
}

type Reporter = (rule: Violation['rule'], pointer: string, message: string) => void;

function judgeError(sample: ResponseSample, isOfficial: boolean, report: Reporter): void {
  if (sample.method.toUpperCase() === 'HEAD') return;
  if (sample.contentType !== undefined && !/json/i.test(sample.contentType)) {
    // Pages such as the consent page stand below /v1 too, and answer HTML.
    if (isOfficial)
      report('content', '', `an error is answered as ${sample.contentType}; use application/json`);
  } else {
    checkErrorBody(sample.body, (pointer, message) => report('error-body', pointer, message));
  }
}

const loaded = new Map<string, OfficialSchemas>();

/** Loads the official descriptions, once per process and folder.
 *  @returns undefined when they are absent: they lie beside the checkout in `../shared/specs`, or where the
 *  environment variable `MOOT_SPECS` says, and are no part of the project */
export function loadOfficial(): OfficialSchemas | undefined {
  const dir = specsFolder();
  if (!dir) return undefined;
  const known = loaded.get(dir) ?? new OfficialSchemas(dir);
  loaded.set(dir, known);
  return known;
}

/** The folder of the official files, or undefined when there is none. */
export function specsFolder(): string | undefined {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const dir = resolve(root, process.env.MOOT_SPECS ?? '../shared/specs');
  return hasSpecs(dir) ? dir : undefined;
}
