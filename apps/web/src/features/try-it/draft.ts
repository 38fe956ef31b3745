import { PageError } from '../../data/page-error.ts';
import type { ApiOperation } from '../documentation/operations.ts';
import { bodyOf, choicesOf, parametersOf, propertiesOf, type Schema } from '../documentation/schema.ts';

/** What a reader typed: values of parameters and of the body by name, or the body as a whole. */
export type Draft = {
  parameters: Readonly<Record<string, string>>;
  body: Readonly<Record<string, string>>;
  /** The body as JSON text, in place of its fields. */
  json?: string;
  file?: File;
};

/** A request that is ready to be sent. */
export type ApiRequest = {
  method: string;
  /** Path with its query. */
  path: string;
  contentType?: string;
  body?: string | FormData;
};

/** A request without anything filled in. */
export const emptyDraft: Draft = { parameters: {}, body: {} };

/** The first required parameter of the path that is empty: without it there is no address. */
export function missingParameter(operation: ApiOperation, draft: Draft): string | undefined {
  const parameters = parametersOf(operation);
  return parameters.find(({ name, in: where }) => where === 'path' && !draft.parameters[name])?.name;
}

/** Makes the request of what was typed. @throws PageError when text that stands for JSON is none */
export function requestOf(operation: ApiOperation, draft: Draft): ApiRequest {
  const request = { method: operation.method, path: pathOf(operation, draft) };
  return bodyOf(operation) ? { ...request, ...writtenBody(operation, draft) } : request;
}

function pathOf(operation: ApiOperation, { parameters }: Draft): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const { name, in: where } of parametersOf(operation)) {
    const value = parameters[name];
    if (where === 'query' && value) search.append(name, value);
  }
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}

function writtenBody(operation: ApiOperation, draft: Draft): Pick<ApiRequest, 'contentType' | 'body'> {
  const fields = Object.entries(draft.body).filter(([, value]) => value !== '');
  if (draft.file) return { body: formData(fields, draft.file) };
  if (operation.plane === 'oauth')
    return {
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(fields).toString(),
    };
  return { contentType: 'application/json', body: draft.json ?? jsonOf(operation, draft) };
}

function formData(fields: readonly [string, string][], file: File): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  form.append('files', file, file.name);
  return form;
}

/** The fields as JSON text, as they are sent. @throws PageError when text that stands for JSON is none */
export function jsonOf(operation: ApiOperation, { body }: Draft): string {
  const schema = bodyOf(operation)?.schema ?? {};
  const values = propertiesOf(schema)
    .filter(([name]) => body[name])
    .map(([name, property]) => [name, typedValue(name, property, body[name]!)]);
  return JSON.stringify(Object.fromEntries(values), undefined, 2);
}

/** Text for what is text, and the value that it spells where the field may be something else. */
function typedValue(name: string, schema: Schema, text: string): unknown {
  const types = new Set(choicesOf(schema).map(({ type }) => type));
  if (types.has('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  if ((types.has('number') || types.has('integer')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const isJson = isStructured(schema) && /^\s*[[{]/.test(text);
  return isJson ? parsed(name, text) : text;
}

/** Whether a value may be an object, a list or anything. */
export function isStructured(schema: Schema): boolean {
  return choicesOf(schema).some(({ type }) => type === undefined || type === 'object' || type === 'array');
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${name}: this is no valid JSON: ${(cause as Error).message}`;
    throw new PageError({ status: 0, message }, { cause });
  }
}
