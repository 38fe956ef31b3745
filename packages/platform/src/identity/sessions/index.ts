import { resource } from '../../resource.ts';
import { sessionMigrations } from './sessions.table.ts';

export { noteUse } from './note-use.ts';
export {
  createSessionAuthenticator,
  csrfTokenOf,
  endSessionOf,
  endSessions,
  enterSite,
  type NewSession,
  type StartedSession,
  startSession,
} from './sessions.service.ts';
export { endPasswordRight, findLiveSessions, maySetPassword } from './sessions.store.ts';
export type { SessionTable } from './sessions.table.ts';

/** Sessions of our own pages. */
export const sessions = resource({
  name: 'sessions',
  area: 'identity',
  operations: [],
  migrations: sessionMigrations,
});
