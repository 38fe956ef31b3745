import './notice.css';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { Tone } from './tones.ts';

/**
 * Something that the reader should know before going on.
 * @param live it appeared after the page: screen readers tell it at once
 */
export function Notice({
  tone = 'neutral',
  title,
  live = false,
  action,
  children,
}: {
  tone?: Tone;
  title?: string;
  live?: boolean;
  action?: ReactNode;
  children?: ReactNode;
}) {
  const role = live ? (tone === 'danger' ? 'alert' : 'status') : undefined;
  return (
    <div className={classNames('notice', `notice-${tone}`)} role={role}>
      {title !== undefined && <p className="notice-title">{title}</p>}
      {children !== undefined && <div className="notice-body">{children}</div>}
      {action}
    </div>
  );
}
