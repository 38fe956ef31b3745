import './page.css';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { Icon } from './icon.tsx';
import { Row } from './layout.tsx';

/**
 * A page: its title, which is also the document's, and its content. It is drawn at once, with the skeletons of
 * what is still loading inside, so that the title never moves.
 * @param back the page above this one
 * @param actions buttons beside the title
 */
export function Page({
  title,
  lead,
  back,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  back?: { to: string; label: string };
  actions?: ReactNode;
  children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Moothall`;
  }, [title]);
  return (
    <article className="page">
      <div className="page-head">
        <div className="page-titles">
          {back && (
            <Link className="page-back" to={back.to}>
              <Icon name="back" />
              {back.label}
            </Link>
          )}
          <h1 tabIndex={-1}>{title}</h1>
          {lead !== undefined && <p className="page-lead">{lead}</p>}
        </div>
        {actions !== undefined && <Row>{actions}</Row>}
      </div>
      {children}
    </article>
  );
}
