import { siteFacts } from '../data/site-facts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import icon from '../ui/icon.svg';
import { Icon } from '../ui/icon.tsx';
import { useEntry } from './entry-context.ts';
import { SiteLinks } from './navigation.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { UserMenu } from './user-menu.tsx';

/** The bar at the top. */
export function Header({ menu }: { menu?: { open: boolean; onToggle: () => void } }) {
  const { basePath } = useEntry();
  return (
    <header className="shell-header">
      <div className="shell-bar">
        {menu && (
          <Button
            variant="quiet"
            className="shell-menu-button"
            aria-label="Menu"
            aria-expanded={menu.open}
            aria-controls="navigation"
            onClick={menu.onToggle}
          >
            <Icon name="menu" />
          </Button>
        )}
        <a className="shell-brand" href={basePath} aria-label="Moothall">
          <img className="shell-mark" src={icon} alt="" width="26" height="26" />
          <span className="shell-brand-name">Moothall</span>
        </a>
        {siteFacts().mode === 'lab' && <Badge tone="warning">LAB</Badge>}
        {menu && <SiteLinks />}
        <div className="shell-end">
          <ThemeSwitch />
          {menu && (
            <div className="shell-user-place">
              <UserMenu />
            </div>
          )}
        </div>
      </div>
    </header>
  );
}
