import { startEntry } from '../../app/start-entry.tsx';
import { hubNavigation, hubPages } from './pages.ts';

startEntry({
  basePath: '/hub',
  title: 'Administration',
  lead: 'Look after the people, licences and apps of your organisation.',
  pages: hubPages,
  navigation: hubNavigation,
});
