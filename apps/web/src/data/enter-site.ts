import { enterSite, getSession } from '@moothall/platform/contracts';
import { useQuery } from '@tanstack/react-query';
import { useClient } from './use-operation.ts';

/** A site that is entered in a session before its pages are shown; the account is open to every session. */
export type EnteredSite = 'portal' | 'hub';

/**
 * The session, after it has entered a site where it had not; entering takes a slot of the token ledger.
 * @param site undefined where there is nothing to enter
 */
export function useEnteredSession(site: EnteredSite | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: [getSession.id, 'entered', site],
    queryFn: async ({ signal }) => {
      const session = await client.call(getSession, {}, { signal });
      if (site === undefined || session.sites.includes(site)) return session;
      return client.call(enterSite, { body: { site } }, { signal });
    },
  });
}
