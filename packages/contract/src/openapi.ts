import { z } from 'zod';
import type { Operation } from './operation.ts';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType): Json {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'openapi-3.0' }) as Json;
  delete json['$schema'];
  return json;
}

function parametersOf(where: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const json = schemaOf(schema) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }));
}

function successOf(operation: Operation): Json {
  if (operation.replies === 'empty') return { 204: { description: 'No content' } };
  if (operation.replies === 'bytes') return { 200: { description: 'The bytes' } };
  const schema = operation.response ? schemaOf(operation.response) : {};
  return { 200: { description: 'OK', content: { 'application/json': { schema } } } };
}

function describe(operation: Operation): Json {
  const refusals = (operation.errors ?? []).map((error) => [error.status, { description: error.message }]);
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: [...parametersOf('path', operation.params), ...parametersOf('query', operation.query)],
    ...(operation.body && {
      requestBody: { content: { 'application/json': { schema: schemaOf(operation.body) } } },
    }),
    responses: { ...Object.fromEntries(refusals), ...successOf(operation) },
    'x-source': operation.source,
    'x-grants': operation.access?.grants ?? [],
  };
}

/** The OpenAPI 3.0 document of a list of operations: the wire side of their schemas. */
export function openApiOf(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.fullPath] ??= {};
    paths[operation.fullPath]![operation.method.toLowerCase()] = describe(operation);
  }
  return { openapi: '3.0.3', info: { title: 'Moothall', version }, paths };
}
