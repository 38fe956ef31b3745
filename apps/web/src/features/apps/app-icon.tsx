import './app-icon.css';
import { classNames } from '../../ui/class-names.ts';
import type { App } from './app-kinds.ts';

/** The icons that are drawn, by name. */
export const drawnIcons = [
  { name: 'default-1', label: 'Blue' },
  { name: 'default-2', label: 'Green' },
  { name: 'default-3', label: 'Amber' },
  { name: 'default-4', label: 'Red' },
  { name: 'default-5', label: 'Dark' },
  { name: 'default-6', label: 'Pale' },
] as const;

/** Name of an icon that is drawn. */
export type DrawnIcon = (typeof drawnIcons)[number]['name'];

/** An app's icon beside its name: the uploaded one, or its first letter on a colour. */
export function AppIcon({
  app,
  large = false,
}: {
  app: Pick<App, 'name' | 'iconName' | 'iconUrl'>;
  large?: boolean;
}) {
  const size = large && 'app-icon-large';
  if (app.iconUrl !== undefined) {
    // The path alone: the server may know itself by another name than this browser does.
    const { pathname, search } = new URL(app.iconUrl, window.location.origin);
    return <img className={classNames('app-icon', size)} src={pathname + search} alt="" />;
  }
  return (
    <span className={classNames('app-icon', `app-icon-${app.iconName}`, size)} aria-hidden="true">
      {[...app.name.trim()][0]?.toUpperCase() ?? 'A'}
    </span>
  );
}
