import { useQuery, useQueryClient } from '@tanstack/react-query';

/** Ways to come by a token for trying things. */
export type TokenKind = 'personal' | 'person' | 'pasted' | 'none';

/** A token that this page holds. */
export type HeldToken = { kind: TokenKind; text: string; of: string; expires?: string };

const KEY = ['try it', 'token'];

/**
 * The token that operations are tried with. It is in the memory of this page alone: gone when the page is
 * reloaded or left for another site, and never stored.
 */
export function useHeldToken(): [HeldToken | null, (token: HeldToken | null) => void] {
  const queries = useQueryClient();
  const { data } = useQuery<HeldToken | null>({
    queryKey: KEY,
    queryFn: () => null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return [data ?? null, (token) => queries.setQueryData(KEY, token)];
}
