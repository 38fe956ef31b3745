import { Link } from '@tanstack/react-router';
import { siteFacts } from '../data/site-facts.ts';
import { useEntry } from './entry-context.ts';
import { shownNavigation } from './page-declaration.ts';

const sites = [
  { path: '/portal', label: 'Developers' },
  { path: '/hub', label: 'Administration' },
  { path: '/account', label: 'Account' },
] as const;

/** Links to the pages of the entry. */
export function Navigation() {
  const entry = useEntry();
  return (
    <nav aria-label={entry.title}>
      <ul className="shell-nav-list">
        {shownNavigation(siteFacts().mode, entry).map(({ path, label }) => (
          <li key={path}>
            <Link className="shell-nav-link" to={path} activeOptions={{ exact: path === '/' }}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Links to the other sites; each is a document of its own. */
export function SiteLinks() {
  const { basePath } = useEntry();
  return (
    <nav className="shell-sites" aria-label="Sites">
      {sites.map(({ path, label }) => (
        <a
          key={path}
          className="shell-site"
          href={path}
          aria-current={path === basePath ? 'true' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
