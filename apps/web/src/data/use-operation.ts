import type { Operation } from '@moothall/contract';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { InputOf, LooseInput, ReplyOf } from './operation-input.ts';
import type { ListPage, PageClient } from './page-client.ts';

/** The client of this page. */
export const ClientContext = createContext<PageClient | undefined>(undefined);

/** The client of this page. @throws Error outside of an entry */
export function useClient(): PageClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('there is no client outside of an entry');
  return client;
}

/**
 * Reads by an operation; read again after an action that names the operation among what it changes.
 * @param options.enabled false while the input is not known yet
 */
export function useRead<Op extends Operation>(
  operation: Op,
  input: InputOf<Op>,
  options: { enabled?: boolean; refetchIntervalMs?: number } = {},
) {
  const client = useClient();
  return useQuery<ReplyOf<Op>>({
    queryKey: [operation.id, input],
    queryFn: ({ signal }) => client.call(operation, input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchIntervalMs ?? false,
  });
}

/**
 * Reads a list page by page: `data.pages`, `hasNextPage`, `fetchNextPage`.
 * @public
 */
export function usePages<Op extends Operation>(operation: Op, input: InputOf<Op>) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: [operation.id, input, 'pages'],
    initialPageParam: undefined as Record<string, string> | undefined,
    queryFn: ({ pageParam, signal }): Promise<ListPage<ReplyOf<Op>>> => {
      const query = { ...(input as LooseInput).query, ...pageParam };
      return client.callPage(operation, { ...input, query }, { signal });
    },
    getNextPageParam: ({ next }) => next,
  });
}

/**
 * Changes something by an operation: `mutateAsync(input)`.
 * @param changes operations whose data are another afterwards; they are read again
 */
export function useAction<Op extends Operation>(operation: Op, changes: readonly Operation[] = []) {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation<ReplyOf<Op>, Error, InputOf<Op>>({
    mutationFn: (input) => client.call(operation, input),
    onSuccess: () => Promise.all(changes.map(({ id }) => queries.invalidateQueries({ queryKey: [id] }))),
  });
}
