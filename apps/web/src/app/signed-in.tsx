import type { ReactNode } from 'react';
import { Loaded } from '../ui/loaded.tsx';
import { useSession } from './use-session.ts';

/** Shows a page to those who are signed in at its site; the others are led to the sign-in page by the client. */
export function SignedIn({ children }: { children: ReactNode }) {
  return (
    <Loaded query={useSession()} needs="the role of an administrator">
      {() => children}
    </Loaded>
  );
}
