import { isOpenSchema } from '../allowed-additions.ts';
import { requiredProperties } from './required-properties.ts';
import type { RequiredOverlay, SpecDocument, SpecName, SpecSchema } from './spec-document.ts';

/** A JSON Schema (draft 7) object as ajv takes it. */
export type JsonSchema = Record<string, unknown>;

/** What a conversion needs to know of the file that a schema stands in. */
export type Conversion = { readonly spec: SpecName; readonly overlay: RequiredOverlay };

const dropped = new Set(['example', 'nullable', 'description', 'title', 'required', 'xml', 'discriminator']);

/** Converts an OpenAPI 3.0 schema to JSON Schema: `nullable` becomes a null type, examples go, references
 *  become absolute (`messaging#/components/...`), required lists are corrected, free-form objects opened.
 *  @param name  see `requiredProperties` */
export function toJsonSchema(schema: SpecSchema, name: string, conversion: Conversion): JsonSchema {
  if (schema.$ref) return { $ref: `${conversion.spec}${schema.$ref}` };
  if (isOpenSchema(name)) return { type: 'object' };
  const converted: JsonSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!dropped.has(keyword)) converted[keyword] = convertKeyword(keyword, value, name, conversion);
  }
  const required = requiredProperties(schema, name, conversion.spec, conversion.overlay);
  if (required.length > 0) converted.required = required;
  return schema.nullable ? withNull(converted) : converted;
}

/** Converts all named schemas of a file into one ajv document whose `$id` is the file's name. */
export function toSchemaDocument(document: SpecDocument, conversion: Conversion): JsonSchema {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    toJsonSchema(schema, name, conversion),
  ]);
  return { $id: conversion.spec, components: { schemas: Object.fromEntries(schemas) } };
}

function convertKeyword(keyword: string, value: unknown, name: string, conversion: Conversion): unknown {
  const convert = (schema: SpecSchema, at: string) => toJsonSchema(schema, at, conversion);
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as Record<string, SpecSchema>).map(([key, schema]) => [
          key,
          convert(schema, `${name}.${key}`),
        ]),
      );
    case 'items':
      return convert(value as SpecSchema, name);
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : convert(value as SpecSchema, `${name}.*`);
    case 'oneOf':
    case 'anyOf':
    case 'allOf':
      return (value as SpecSchema[]).map((schema) => convert(schema, name));
    default:
      return value;
  }
}

function withNull(schema: JsonSchema): JsonSchema {
  const type = typeof schema.type === 'string' ? { type: [schema.type, 'null'] } : {};
  const values = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, ...type, ...values };
}
