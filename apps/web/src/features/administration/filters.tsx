import './administration.css';
import type { ReactNode } from 'react';

/** Fields that narrow a list, beside each other. */
export function Filters({ children }: { children: ReactNode }) {
  return <search className="administration-filters">{children}</search>;
}
