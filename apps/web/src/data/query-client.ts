import { QueryClient } from '@tanstack/react-query';
import { PageError } from './page-error.ts';

const FRESH_MS = 10_000;
const passing = new Set([0, 502, 503, 504]);

/** The cache of what pages have read. What may pass is tried again twice; refusals are not, and changes never. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < 2 && passing.has(PageError.from(error).status),
      },
      mutations: { retry: false },
    },
  });
}
