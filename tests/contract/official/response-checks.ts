import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { toJsonSchema, toSchemaDocument } from './json-schema.ts';
import { type Shape, ShapeBuilder } from './shapes.ts';
import {
  type RequiredOverlay,
  readRequiredOverlay,
  readSpecDocument,
  type SpecDocument,
  type SpecName,
  type SpecResponse,
} from './spec-document.ts';
import { walk } from './walk.ts';

/** The official operation that a reply belongs to. */
export type CheckTarget = { readonly spec: SpecName; readonly path: string; readonly method: string };

/** What is looked at of a successful reply. */
export type CheckedReply = { readonly status: number; readonly contentType?: string; readonly body: unknown };

/** Receives one finding. */
export type CheckReport = (
  rule: 'status' | 'content' | 'schema' | 'unknown-key' | 'format',
  pointer: string,
  message: string,
) => void;

type LoadedSpec = { readonly document: SpecDocument; readonly shapes: ShapeBuilder };
type Check =
  | { readonly kind: 'undeclared' | 'empty' | 'not-json' }
  | { readonly kind: 'json'; readonly validate: ValidateFunction; readonly shape: Shape | undefined };

/** Compiled checks of 2xx replies, one per operation and status, made when first asked for. */
export class ResponseChecks {
  readonly #dir: string;
  readonly #ajv = new Ajv({ allErrors: true, strict: false });
  readonly #overlay: RequiredOverlay;
  readonly #specs = new Map<SpecName, LoadedSpec>();
  readonly #checks = new Map<string, Check>();

  constructor(dir: string) {
    this.#dir = dir;
    addFormats.default(this.#ajv);
    this.#overlay = readRequiredOverlay(dir);
  }

  /** Judges a reply with status 200 to 299. */
  judge(target: CheckTarget, reply: CheckedReply, report: CheckReport): void {
    const name = `${target.method} ${target.path} ${reply.status}`;
    const check = this.#checks.get(name) ?? this.#compile(target, reply.status, name);
    this.#checks.set(name, check);
    if (check.kind === 'undeclared') report('status', '', `status ${reply.status} is not documented here`);
    if (check.kind === 'empty' && reply.body !== undefined) report('content', '', 'must have no body');
    if (check.kind === 'json') judgeJson(check.validate, check.shape, reply, report);
  }

  #compile(target: CheckTarget, status: number, name: string): Check {
    const { document, shapes } = this.#load(target.spec);
    const responses = document.paths[target.path]?.[target.method.toLowerCase()]?.responses ?? {};
    const response = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
    if (!response) return { kind: 'undeclared' };
    const media = jsonMedia(response);
    if (media === 'none') return { kind: 'empty' };
    if (!media?.schema) return { kind: 'not-json' };
    const schema = toJsonSchema(media.schema, name, { spec: target.spec, overlay: this.#overlay });
    return { kind: 'json', validate: this.#ajv.compile(schema), shape: shapes.build(media.schema, name) };
  }

  #load(spec: SpecName): LoadedSpec {
    const known = this.#specs.get(spec);
    if (known) return known;
    const document = readSpecDocument(this.#dir, spec);
    this.#ajv.addSchema(toSchemaDocument(document, { spec, overlay: this.#overlay }));
    const loaded = { document, shapes: new ShapeBuilder(spec, document) };
    this.#specs.set(spec, loaded);
    return loaded;
  }
}

function jsonMedia(response: SpecResponse) {
  const types = Object.entries(response.content ?? {});
  if (types.length === 0) return 'none';
  return types.find(([type]) => /json/i.test(type))?.[1];
}

function judgeJson(
  validate: ValidateFunction,
  shape: Shape | undefined,
  reply: CheckedReply,
  report: CheckReport,
): void {
  if (reply.contentType !== undefined && !/^application\/json\b/i.test(reply.contentType)) {
    report('content', '', `is answered as ${reply.contentType}; use application/json`);
  } else if (reply.body === undefined) {
    report('content', '', 'has no body; the documented reply is JSON');
  } else if (!validate(reply.body)) {
    for (const error of validate.errors ?? []) report('schema', error.instancePath, explain(error));
  }
  if (shape && reply.body !== undefined)
    walk(reply.body, shape, '', (pointer, message, rule) => report(rule, pointer, message));
}

function explain(error: ErrorObject): string {
  const allowed = error.params.allowedValues;
  return `${error.message}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
}
