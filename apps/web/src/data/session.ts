import { enterSite, getSession } from '@moothall/platform/contracts';
import { useQuery } from '@tanstack/react-query';
import { PageError } from './page-error.ts';
import { useClient } from './use-operation.ts';

/** A site that a session enters before the site's pages are shown; the account is open to every session. */
export type EnteredSite = 'portal' | 'hub';

/**
 * Who is signed in, after their session has entered a site where it had not; that takes a slot of the token
 * ledger. Where nobody is signed in the page is left for the sign-in page.
 * @param site undefined where there is nothing to enter
 */
export function useSessionAt(site: EnteredSite | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: [getSession.id, site],
    queryFn: async ({ signal }) => {
      const session = await client.call(getSession, {}, { signal });
      if (site === undefined || session.sites.includes(site)) return session;
      return client.call(enterSite, { body: { site } }, { signal });
    },
  });
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
