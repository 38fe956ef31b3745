import './layout.css';
import { Fragment, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

/** Things below each other. */
export function Stack({ gap, children }: { gap?: 'tight' | 'loose'; children: ReactNode }) {
  return <div className={classNames('stack', gap && `stack-${gap}`)}>{children}</div>;
}

/** Things beside each other as far as there is room; `apart` sends the last to the end. */
export function Row({ apart = false, children }: { apart?: boolean; children: ReactNode }) {
  return <div className={classNames('row', apart && 'row-apart')}>{children}</div>;
}

/** Cards in as many columns as fit. */
export function Grid({ children }: { children: ReactNode }) {
  return <div className="grid">{children}</div>;
}

/** A framed group of things that belong together. */
export function Card({ children }: { children: ReactNode }) {
  return <div className="card">{children}</div>;
}

/** A part of a page with a heading. */
export function Section({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lead !== undefined && <p className="section-lead">{lead}</p>}
      {children}
    </section>
  );
}

/** Names and values. */
export function Facts({ items }: { items: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {items.map(({ name, value }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/**
 * Running text in lines that are not too long to read.
 * @public
 */
export function Prose({ children }: { children: ReactNode }) {
  return <div className="prose">{children}</div>;
}
