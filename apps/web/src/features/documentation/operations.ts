import { listOperations } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useRead } from '../../data/use-operation.ts';

/** An operation as it is documented. */
export type ApiOperation = ReplyOf<typeof listOperations>['items'][number];

/** Every operation that programs call, with what documents it. */
export function useOperations() {
  return useRead(listOperations, {});
}

/** Whether every word of a text is found in what an operation is called by. */
export function isFound(operation: ApiOperation, text: string): boolean {
  const { id, method, path, summary, area, grants } = operation;
  const scopes = grants.flatMap((grant) => grant.scopes);
  const all = [id, method, path, summary, area, ...scopes].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
