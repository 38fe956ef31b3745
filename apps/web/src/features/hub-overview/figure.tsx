import { Link } from '@tanstack/react-router';

/** A number with what it counts; leads to the list of it where there is one. */
export function Figure({
  value,
  label,
  to,
  search,
}: {
  value: number;
  label: string;
  to?: string;
  search?: Record<string, string>;
}) {
  const text = (
    <>
      <span className="hub-overview-number">{value}</span> {label}
    </>
  );
  return (
    <li className="hub-overview-figure">
      {to === undefined ? (
        <span>{text}</span>
      ) : (
        <Link to={to} {...(search && { search: search as never })}>
          {text}
        </Link>
      )}
    </li>
  );
}
