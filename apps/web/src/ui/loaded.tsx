import type { ReactNode } from 'react';
import { PageError } from '../data/page-error.ts';
import type { Query } from './query.ts';
import { ErrorState, ForbiddenState, Loading, type SkeletonShape } from './states.tsx';

/**
 * Shows a query's data, and until then its skeleton; a refusal or failure in its place.
 * @param needs what it takes to see it, told on 403
 */
export function Loaded<Data>({
  query,
  shape,
  needs,
  children,
}: {
  query: Query<Data>;
  shape?: SkeletonShape;
  needs?: string;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (!query.isError) return <Loading {...(shape && { shape })} />;
  if (PageError.from(query.error).status === 403)
    return <ForbiddenState {...(needs !== undefined && { needs })} />;
  return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
}
