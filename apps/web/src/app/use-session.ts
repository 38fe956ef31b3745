import { type EnteredSite, useSessionAt } from '../data/session.ts';
import { useEntry } from './entry-context.ts';
import type { Entry } from './page-declaration.ts';

const sites: Record<Entry['basePath'], EnteredSite | undefined> = {
  '/account': undefined,
  '/portal': 'portal',
  '/hub': 'hub',
};

/** Who is signed in at this entry; its data are there in every page that is not public. */
export function useSession() {
  return useSessionAt(sites[useEntry().basePath]);
}
