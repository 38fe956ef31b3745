import { startEntry } from '../../app/start-entry.tsx';
import { accountNavigation, accountPages } from './pages.ts';

startEntry({
  basePath: '/account',
  title: 'Account',
  lead: 'Look after your own account.',
  pages: accountPages,
  navigation: accountNavigation,
});
