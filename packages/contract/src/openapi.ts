import { z } from 'zod';
import { declaredErrors, successStatuses } from './declared.ts';
import type { Operation } from './operation.ts';

type Json = Record<string, unknown>;

const REFUSAL = { $ref: '#/components/schemas/Refusal' };
const refusal = {
  type: 'object',
  required: ['message', 'errors', 'trackingId'],
  properties: {
    message: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['description'],
        properties: { description: { type: 'string' }, errorCode: { type: 'integer' } },
      },
    },
    trackingId: { type: 'string' },
  },
};

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

function bodyOf({ body, multipart }: Operation): Json {
  if (!body) return {};
  const schema = schemaOf(body);
  const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];
  const accepted = multipart ? types : types.slice(0, 2);
  return { requestBody: { content: Object.fromEntries(accepted.map((type) => [type, { schema }])) } };
}

function successOf(operation: Operation, status: number): Json {
  if (status === 204 || status === 304) return { description: 'No content' };
  if (operation.replies === 'bytes') return { description: 'Bytes', content: { '*/*': {} } };
  const schema = operation.response ? schemaOf(operation.response) : {};
  return { description: 'Done', content: { 'application/json': { schema } } };
}

function refusalsOf(operation: Operation): Record<string, Json> {
  const texts = new Map<number, string[]>();
  for (const { status, message } of declaredErrors(operation))
    texts.set(status, [...(texts.get(status) ?? []), message]);
  const replies = [...texts].map(([status, messages]) => [
    status,
    {
      description: [...new Set(messages)].join('\n'),
      content: { 'application/json': { schema: REFUSAL } },
    },
  ]);
  return Object.fromEntries(replies);
}

function describe(operation: Operation): Json {
  const done = successStatuses(operation).map((status) => [status, successOf(operation, status)]);
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.deprecated && { deprecated: true }),
    tags: [operation.id.split('.')[0]],
    ...(operation.access && { security: [{ bearer: [] }] }),
    parameters: [...parametersOf('path', operation.params), ...parametersOf('query', operation.query)],
    ...bodyOf(operation),
    responses: { ...refusalsOf(operation), ...Object.fromEntries(done) },
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
  return {
    openapi: '3.0.3',
    info: { title: 'Moothall', version },
    paths,
    components: {
      schemas: { Refusal: refusal },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}
