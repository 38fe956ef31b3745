import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An OpenAPI 3.0 schema object: only the keywords that the checks read by name. */
export type SpecSchema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SpecSchema>>;
  readonly items?: SpecSchema;
  readonly additionalProperties?: boolean | SpecSchema;
  readonly oneOf?: readonly SpecSchema[];
  readonly anyOf?: readonly SpecSchema[];
  readonly allOf?: readonly SpecSchema[];
};

/** One media type of a response; `example` is the official sample of the body. */
export type SpecMedia = { readonly schema?: SpecSchema; readonly example?: unknown };

/** One response of an operation, keyed by media type (parameters such as charset included). */
export type SpecResponse = { readonly content?: Readonly<Record<string, SpecMedia>> };

/** One operation; responses are keyed by status (`200`), class (`2XX`) or `default`. */
export type SpecOperation = { readonly responses: Readonly<Record<string, SpecResponse>> };

/** An OpenAPI 3.0 document: path template, then lower-case method. */
export type SpecDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SpecSchema>> };
};

/** One row of `scope.json`: an operation with its tier (1 named by the FAQ, 2 expected, 3 later). */
export type ScopeRow = {
  readonly spec: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly tier: number;
  readonly dupOf?: string;
};

/** Component name to the properties that a real reply always carries; `collection` is for lists. */
export type RequiredOverlay = Readonly<Record<string, readonly string[]>>;

/** Names of the four official OpenAPI files. */
export const specNames = ['messaging', 'meeting', 'admin', 'device'] as const;

/** One of the four official OpenAPI files. */
export type SpecName = (typeof specNames)[number];

/** Tells whether a `spec` column of scope.json names one of the official files. */
export function isSpecName(name: string): name is SpecName {
  return specNames.some((known) => known === name);
}

/** Reads `webex-<name>.json` of a folder.
 *  @throws Error when the file is absent or is not JSON */
export function readSpecDocument(dir: string, name: SpecName): SpecDocument {
  return JSON.parse(readFileSync(join(dir, `webex-${name}.json`), 'utf8'));
}

/** Reads `scope.json`, every official operation once: rows repeated from an earlier file are left out. */
export function readScopeRows(dir: string): ScopeRow[] {
  const rows: ScopeRow[] = JSON.parse(readFileSync(join(dir, 'scope.json'), 'utf8'));
  return rows.filter((row) => row.dupOf === undefined);
}

/** Reads `required-overlay.json`. */
export function readRequiredOverlay(dir: string): RequiredOverlay {
  return JSON.parse(readFileSync(join(dir, 'required-overlay.json'), 'utf8'));
}

/** Tells whether a folder holds the official files (by `scope.json`). */
export function hasSpecs(dir: string): boolean {
  return existsSync(join(dir, 'scope.json'));
}
