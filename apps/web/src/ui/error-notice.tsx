import type { ReactNode } from 'react';
import { PageError } from '../data/page-error.ts';
import { Notice } from './notice.tsx';
import { SupportContact } from './support-contact.tsx';

/** What went wrong, in words for the reader, with the id that help will ask for. */
export function ErrorNotice({
  error,
  title,
  action,
}: {
  error: unknown;
  title?: string;
  action?: ReactNode;
}) {
  const known = PageError.from(error);
  const more = known.descriptions.filter((text) => text !== known.message);
  return (
    <Notice tone="danger" live title={title ?? known.message} action={action}>
      {title !== undefined && <p>{known.message}</p>}
      {more.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {known.retryAfterSeconds !== undefined && <p>Try again in {known.retryAfterSeconds} seconds.</p>}
      <p className="notice-facts">
        {known.trackingId !== undefined && (
          <span>
            Tracking id: <code>{known.trackingId}</code>
          </span>
        )}
        <span>
          Help: <SupportContact />
        </span>
      </p>
    </Notice>
  );
}
