import type { ReactNode } from 'react';
import { type EnteredSite, useEnteredSession } from '../data/enter-site.ts';
import { Loaded } from '../ui/loaded.tsx';
import { useEntry } from './entry-context.ts';

const entered: Record<string, EnteredSite | undefined> = { '/portal': 'portal', '/hub': 'hub' };

/** Shows a page to those who are signed in at its site; the others are led to the sign-in page by the client. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useEnteredSession(entered[useEntry().basePath]);
  return (
    <Loaded query={session} needs="a role of an administrator">
      {() => children}
    </Loaded>
  );
}
