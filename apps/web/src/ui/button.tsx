import './button.css';
import { Link } from '@tanstack/react-router';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** How much a button stands out; one primary button a view, `danger` for what cannot be undone. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

type Look = { variant?: ButtonVariant; small?: boolean };

function looks({ variant = 'secondary', small = false }: Look, className?: string): string {
  return classNames('button', `button-${variant}`, small && 'button-small', className);
}

/**
 * A button; `type="button"` unless said.
 * @param busy its work is under way: it keeps the focus, shows that, and takes no further click
 */
export function Button({
  variant,
  small,
  busy = false,
  className,
  onClick,
  children,
  ...rest
}: ComponentProps<'button'> & Look & { busy?: boolean | undefined }) {
  const click = (event: MouseEvent<HTMLButtonElement>) => (busy ? event.preventDefault() : onClick?.(event));
  return (
    <button
      type="button"
      className={looks({ ...(variant && { variant }), ...(small && { small }) }, className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={click}
      {...rest}
    >
      {busy && <span className="button-spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

/**
 * A link that looks like a button; `to` with its `search` is a path below the entry, `href` any other address.
 * @param download name of the file that `href` is saved as
 * @param label its name for screen readers, beginning with what is shown, where several links look alike
 */
export function LinkButton({
  variant,
  small,
  to,
  search,
  href,
  download,
  label,
  className,
  children,
}: Look & {
  to?: string;
  search?: Record<string, string>;
  href?: string;
  download?: string;
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const look = looks({ ...(variant && { variant }), ...(small && { small }) }, className);
  if (to === undefined)
    return (
      <a className={look} href={href} download={download} aria-label={label}>
        {children}
      </a>
    );
  return (
    <Link className={look} to={to} aria-label={label} {...(search && { search: search as never })}>
      {children}
    </Link>
  );
}
