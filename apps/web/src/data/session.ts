import { getSession } from '@moothall/platform/contracts';
import { useQuery } from '@tanstack/react-query';
import { PageError } from './page-error.ts';
import { useClient, useRead } from './use-operation.ts';

/** Who is signed in; a page that asks so is left for the sign-in page when nobody is. */
export function useSession() {
  return useRead(getSession, {});
}

/** Who is signed in, or null for nobody: for pages that are shown to everybody. */
export function useSessionIfAny() {
  const client = useClient();
  return useQuery({
    queryKey: [getSession.id, 'if any'],
    queryFn: ({ signal }) => client.ask(getSession, {}, { signal }).catch(nobodyOn401),
  });
}

function nobodyOn401(error: unknown): null {
  if (PageError.from(error).status === 401) return null;
  throw error;
}
