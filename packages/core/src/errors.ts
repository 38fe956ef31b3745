/** Where a rule comes from: a public document, traffic of real clients, or our own decision. */
export type RuleSource = 'documented' | 'as-observed' | 'decided';

/** One refusal as it stands in an error table. `{name}` in a text is filled from the parameters. */
export type ErrorSpec = {
  status: number;
  message: string;
  source: RuleSource;
  /** Text of errors[0].description where it differs from the message. */
  description?: string;
  /** Integer that licence errors carry beside the description. */
  errorCode?: number;
  /** Code of RFC 6749 that goes along as `error` at OAuth's endpoints; `invalid_request` unless said. */
  oauthError?: string;
};

/** An error of a table, with its code. */
export type ErrorDefinition = ErrorSpec & { code: string };

/** A table of errors by code. */
export type ErrorTable<Code extends string = string> = Readonly<Record<Code, ErrorDefinition>>;

/** Declares the errors of one slice: code to status, wire text and source. */
export function defineErrors<const Code extends string>(table: Record<Code, ErrorSpec>): ErrorTable<Code> {
  const entries = Object.entries<ErrorSpec>(table).map(([code, spec]) => [code, { ...spec, code }]);
  return Object.fromEntries(entries) as ErrorTable<Code>;
}

/** What an error may add to its definition. */
export type ErrorDetails = {
  /** Values for `{name}` in the texts. */
  parameters?: Record<string, string>;
  /** Several descriptions, such as one per bad field. */
  descriptions?: string[];
  /** Seconds for the Retry-After header, whole. */
  retryAfterSeconds?: number;
  /** Further headers of the reply, such as Content-Range. */
  headers?: Record<string, string>;
  /** True cause, for logs and `why` only; never on the wire. */
  cause?: unknown;
};

function fill(text: string, parameters: Record<string, string> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => parameters[name] ?? whole);
}

/** The only error that becomes a reply other than 500. Services throw it; one writer renders it. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly descriptions: readonly string[];
  readonly errorCode: number | undefined;
  readonly oauthError: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param definition a row of a slice's error table */
  constructor(definition: ErrorDefinition, details: ErrorDetails = {}) {
    super(fill(definition.message, details.parameters), { cause: details.cause });
    this.code = definition.code;
    this.status = definition.status;
    const description = fill(definition.description ?? definition.message, details.parameters);
    this.descriptions = details.descriptions ?? [description];
    this.errorCode = definition.errorCode;
    this.oauthError = definition.oauthError;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.headers = details.headers ?? {};
  }
}
