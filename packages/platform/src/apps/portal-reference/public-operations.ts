import { declaredErrors, type Operation, openApiOf } from '@moothall/contract';
import type { World } from '../../world.ts';

/** Version of the public interface, as its paths name it. */
const API_VERSION = 'v1';

type Described = { paths: Record<string, Record<string, Record<string, unknown>>> };

/**
 * Public operations with the slices that they are of: what programs and OAuth clients call, at every address. The
 * services behind the official SDK are its own affair: no program writes requests to them.
 */
function publicOperations(world: Pick<World, 'resources'>) {
  const slices = world.resources.filter(({ area }) => area !== 'sdk');
  return slices.flatMap(({ area, name, operations }) =>
    operations
      .filter(({ plane }) => plane !== 'page')
      .map((operation) => ({ operation, area, resource: name })),
  );
}

/** The OpenAPI document of the public operations. */
export function describePublic(world: Pick<World, 'resources'>): Record<string, unknown> {
  return openApiOf(
    publicOperations(world).map(({ operation }) => operation),
    API_VERSION,
  );
}

function grantsOf({ access }: Operation) {
  return (access?.grants ?? []).map(({ as, scopes, roles }) => ({
    as,
    scopes: [...scopes],
    roles: [...(roles ?? [])],
  }));
}

/** The public operations, each with its entry of the OpenAPI document. */
export function documentOperations(world: Pick<World, 'resources'>) {
  const { paths } = describePublic(world) as Described;
  return publicOperations(world).map(({ operation, area, resource }) => ({
    id: operation.id,
    area,
    resource,
    method: operation.method,
    path: operation.fullPath,
    summary: operation.summary,
    source: operation.source,
    status: operation.coverage.status,
    ...(operation.coverage.note !== undefined && { note: operation.coverage.note }),
    plane: operation.plane === 'oauth' ? ('oauth' as const) : ('rest' as const),
    multipart: operation.multipart ?? false,
    replies: operation.replies,
    needsToken: operation.access !== undefined,
    grants: grantsOf(operation),
    ...(operation.access?.license !== undefined && { license: operation.access.license }),
    errors: declaredErrors(operation).map(({ status, message, source }) => ({ status, message, source })),
    openapi: paths[operation.fullPath]![operation.method.toLowerCase()]!,
  }));
}

/** Which public operations a scope opens, by scope. */
export function operationsByScope(world: Pick<World, 'resources'>) {
  const byScope = new Map<string, { id: string; method: string; path: string }[]>();
  for (const { operation } of publicOperations(world)) {
    const { id, method, fullPath: path } = operation;
    for (const scope of new Set(operation.access?.grants.flatMap(({ scopes }) => scopes)))
      byScope.set(scope, [...(byScope.get(scope) ?? []), { id, method, path }]);
  }
  return byScope;
}
