import { resource } from '../../resource.ts';
import { expiryQueue, upkeepQueue } from './expire.ts';
import { presenceErrors } from './presence.errors.ts';
import { presenceMigrations } from './presence.table.ts';
import { deleteAllOf } from './subscriptions.store.ts';

export { type Composition, compositionsOf } from './compositions.ts';
export { type PresenceRequest, setPresence, sharePresence } from './set-presence.ts';
export { presenceWatchers, type SubscriptionOutcome, subscribeToPresence } from './subscriptions.ts';

/** What people say of their presence, and who is told; sdk-plane has its operations. */
export const presence = resource({
  name: 'presence',
  area: 'people',
  operations: [],
  errors: presenceErrors,
  migrations: presenceMigrations,
  queues: (world) => [expiryQueue(world), upkeepQueue(world)],
  personDeleted: (_world, tx, personId) => deleteAllOf(tx.db, personId),
});
