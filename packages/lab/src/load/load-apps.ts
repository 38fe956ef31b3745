import { addApp, type World } from '@moothall/platform';
import type { Tx } from '@moothall/store';
import type { AppEntry, BotEntry } from '../world-file/world-schema.ts';
import type { Cast } from './cast.ts';

type Entry = Exclude<AppEntry, BotEntry>;

/** What is particular to the kind of an app. */
function settingsOf(entry: Entry) {
  if (entry.type === 'integration') {
    const { clientId, clientSecret, redirectUris, scopes } = entry;
    return { clientId, secret: clientSecret, redirectUris, scopes };
  }
  if (entry.type === 'guest_issuer') return { issuerId: entry.issuerId, secret: entry.secret };
  const { startUrl, validDomains, contexts, pii, state = 'in_development' } = entry;
  return { state, config: { startUrl, validDomains, contexts, pii } };
}

/** Stores the apps of a world file; bots come with the accounts. */
export async function loadApps(world: World, tx: Tx, { orgs, accounts }: Cast): Promise<void> {
  for (const org of orgs) {
    for (const entry of org.entry.apps) {
      if (entry.type === 'bot') continue;
      const { id, type: kind, name, owner } = entry;
      const ownerId = owner === undefined ? org.people[0]?.facts.id : accounts.get(owner)?.id;
      const base = { ...(id && { id }), kind, name, orgId: org.id, ownerId };
      await addApp(world, tx, { ...base, ...settingsOf(entry) });
    }
  }
}
