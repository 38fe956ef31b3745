import './administration.css';
import type { ReactNode } from 'react';
import { Notice } from '../../ui/notice.tsx';

/**
 * What somebody may see but not change: shown with its controls switched off, and why.
 * @param reason why not; undefined where everything is allowed
 */
export function Guarded({ reason, children }: { reason: string | undefined; children: ReactNode }) {
  if (reason === undefined) return children;
  return (
    <div className="administration-guarded">
      <Notice tone="info">
        <p>{reason}</p>
      </Notice>
      <fieldset disabled>{children}</fieldset>
    </div>
  );
}
