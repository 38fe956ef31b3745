import { listOf, operation, pageAccess } from '@moothall/contract';
import { z } from 'zod';

const onPortal = {
  base: '/portal/api',
  plane: 'page',
  source: 'decided',
  method: 'GET',
  access: pageAccess('portal'),
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/apps/portal-reference/portal-reference.test.ts'],
  },
} as const;
const source = z.enum(['documented', 'as-observed', 'decided']);

/** Lists every number that a rule turns on, with the value in force here. */
export const listLimits = operation({
  ...onPortal,
  id: 'portal.limits.list',
  path: '/limits',
  summary: 'List the limits in force',
  response: listOf(
    z.strictObject({
      name: z.string(),
      what: z.string(),
      value: z.number(),
      /** What it is unless the operator says otherwise. */
      usual: z.number(),
      unit: z.string(),
      source,
    }),
  ),
});

/** Lists every scope: what it means, who can give it, what it opens, and which own apps register it. */
export const listScopes = operation({
  ...onPortal,
  id: 'portal.scopes.list',
  path: '/scopes',
  summary: 'List the scopes',
  response: listOf(
    z.strictObject({
      scope: z.string(),
      area: z.string(),
      text: z.string(),
      grantor: z.enum(['user', 'admin', 'compliance']),
      /** Roles of which the person needs one; empty where nobody needs any. */
      roles: z.array(z.string()),
      /** Operations that it opens. */
      operations: z.array(z.strictObject({ id: z.string(), method: z.string(), path: z.string() })),
      apps: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
    }),
  ),
});

/** The OpenAPI document of the public operations. */
export const getOpenApi = operation({
  ...onPortal,
  id: 'portal.openapi.get',
  path: '/openapi.json',
  summary: 'Describe the public operations in OpenAPI',
  response: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
});

/** Lists the public operations as documentation and trying them out need them. */
export const listOperations = operation({
  ...onPortal,
  id: 'portal.operations.list',
  path: '/operations',
  summary: 'List the public operations',
  response: listOf(
    z.strictObject({
      id: z.string(),
      area: z.string(),
      resource: z.string(),
      method: z.string(),
      path: z.string(),
      summary: z.string(),
      source,
      status: z.enum(['done', 'partial']),
      note: z.string().optional(),
      /** Operations of OAuth take forms, and answer errors in the form of OAuth. */
      plane: z.enum(['rest', 'oauth']),
      multipart: z.boolean(),
      replies: z.enum(['json', 'empty', 'bytes', 'redirect']),
      /** Whether a bearer token is asked for. */
      needsToken: z.boolean(),
      grants: z.array(
        z.strictObject({
          as: z.enum(['user', 'admin', 'compliance']),
          scopes: z.array(z.string()),
          roles: z.array(z.string()),
        }),
      ),
      license: z.string().optional(),
      errors: z.array(z.strictObject({ status: z.int(), message: z.string(), source })),
      /** Its entry in the OpenAPI document: parameters, body and reply. */
      openapi: z.record(z.string(), z.unknown()),
    }),
  ),
});
