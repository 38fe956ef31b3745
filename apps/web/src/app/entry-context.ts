import { createContext, useContext } from 'react';
import type { Entry } from './page-declaration.ts';

/** The entry that runs. */
export const EntryContext = createContext<Entry | undefined>(undefined);

/** The entry that runs. @throws Error outside of one */
export function useEntry(): Entry {
  const entry = useContext(EntryContext);
  if (!entry) throw new Error('there is no entry around this component');
  return entry;
}
