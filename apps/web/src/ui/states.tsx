import './states.css';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { SupportContact } from './support-contact.tsx';

/** A list without anything in it: says what would be here and how it comes about. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children !== undefined && <div className="state-text">{children}</div>}
      {action !== undefined && <div className="state-actions">{action}</div>}
    </div>
  );
}

/** A part of a page that could not be loaded, with the tracking id, the contact for help, and another try. */
export function ErrorState({
  error,
  onRetry,
  title = 'This could not be loaded',
}: {
  error: unknown;
  onRetry?: () => void;
  title?: string;
}) {
  return (
    <ErrorNotice
      title={title}
      error={error}
      action={onRetry && <Button onClick={onRetry}>Try again</Button>}
    />
  );
}

/** A page that the reader may not see: says what it takes, and who can give it. */
export function ForbiddenState({ needs, children }: { needs?: string; children?: ReactNode }) {
  return (
    <div className="state">
      <h2>You may not see this page</h2>
      <div className="state-text">
        {needs !== undefined && (
          <p>It takes {needs}. An administrator of your organisation can give it to you.</p>
        )}
        {children}
        <p>
          Help: <SupportContact />
        </p>
      </div>
    </div>
  );
}

/** The form of what is being loaded, so that nothing moves when it comes. */
export type SkeletonShape = 'text' | 'table' | 'form';

/** Holds the place of what is being loaded. */
export function Loading({
  label = 'Loading',
  shape = 'text',
  rows = 5,
}: {
  label?: string;
  shape?: SkeletonShape;
  rows?: number;
}) {
  return (
    <div role="status" aria-label={label} className={`skeleton skeleton-${shape}`}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are alike
        <div key={index} className="skeleton-bar" />
      ))}
    </div>
  );
}

/** How far long work has come; without `value` that it is under way. */
export function Progress({ label, value, max = 100 }: { label: string; value?: number; max?: number }) {
  return (
    <label className="progress">
      <span>{label}</span>
      <progress className="progress-bar" value={value} max={max} />
    </label>
  );
}
