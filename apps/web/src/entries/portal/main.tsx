import { startEntry } from '../../app/start-entry.tsx';
import { portalNavigation, portalPages } from './pages.ts';

startEntry({
  basePath: '/portal',
  title: 'Developer portal',
  lead: 'Make apps for this platform, and find out how it behaves.',
  pages: portalPages,
  navigation: portalNavigation,
});
