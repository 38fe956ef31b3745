import './shell.css';
import { Outlet, useMatches, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Navigation, SiteLinks } from './navigation.tsx';

/** The frame of every page: a link past it, header, navigation, the page itself and footer. */
export function Shell() {
  const bare = useMatches().some(({ staticData }) => staticData.bare);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const [open, setOpen] = useState(false);
  useFocusOnTitle(path, () => setOpen(false));
  return (
    <>
      <a className="shell-skip" href="#main">
        Skip to content
      </a>
      <Header {...(!bare && { menu: { open, onToggle: () => setOpen(!open) } })} />
      <div className={classNames('shell-body', bare && 'shell-body-bare')}>
        {!bare && (
          <div className="shell-nav" id="navigation" data-open={open}>
            <Navigation />
            <SiteLinks />
          </div>
        )}
        <main className="shell-main" id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Footer />
    </>
  );
}

/** After a change of page the focus is at its title, as after a new document; not when the entry is opened. */
function useFocusOnTitle(path: string | undefined, onChange: () => void): void {
  const shown = useRef<string | undefined>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;
  useEffect(() => {
    if (shown.current !== undefined && path !== undefined && path !== shown.current) {
      document.querySelector<HTMLElement>('#main h1')?.focus();
      changed.current();
    }
    shown.current = path;
  }, [path]);
}
