import { anyToken, type Operation, operation } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { type PlatformOperation, platformOperations } from './not-built.data.ts';

/** These ask for other credentials than a bearer token, or for none. */
const withoutToken = new Set([
  '/authorize',
  '/access_token',
  '/jwt/login',
  '/device/authorize',
  '/device/token',
  '/ping',
]);

/** Method and path without the names of its parameters. */
function shapeOf(method: string, fullPath: string): string {
  return `${method} ${fullPath.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

function declare([method, path, tier]: PlatformOperation): Operation {
  return operation({
    id: `not_built.${method.toLowerCase()}.${path.replaceAll(/[^A-Za-z]+/g, '_').replaceAll(/^_|_$/g, '')}`,
    method,
    path,
    summary: `Not built yet, tier ${tier}`,
    ...(!withoutToken.has(path) && { access: anyToken }),
    errors: [generalErrors['operation.not_built']],
    source: 'decided',
    coverage: { status: 'partial', testedBy: [] },
  });
}

/** The known operations that are not among the served ones. */
export function notBuilt(served: readonly Operation[]): readonly PlatformOperation[] {
  const shapes = new Set(served.map(({ method, fullPath }) => shapeOf(method, fullPath)));
  return platformOperations.filter(([method, path]) => !shapes.has(shapeOf(method, `/v1${path}`)));
}

/**
 * Answers 501 `operation.not_built` to whoever asks, with a token, for a known operation that nothing serves.
 * @param served what is mounted already
 */
export function mountNotBuilt(mount: Mount, served: readonly Operation[]): void {
  for (const row of notBuilt(served)) {
    mount(declare(row), () => {
      const parameters = { operation: `${row[0]} /v1${row[1]}` };
      throw new ApiError(generalErrors['operation.not_built'], { parameters });
    });
  }
}
