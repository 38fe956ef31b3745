import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Cast } from './cast.ts';

/** Something of a world file whose feature is not there yet: kept with the world, without effect. */
export type PendingItem = { what: string; key: string; config: Record<string, unknown> };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Light on purpose: a lab's passwords stand in its world file, and a thousand people must load quickly. */
const COST = 4096;

const derive = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt);

/** Hashes passwords, the same text once. */
function createHasher(): (password: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  const hash = async (password: string) => {
    const salt = randomBytes(SALT_BYTES);
    const key = await derive(password, salt, KEY_BYTES, { N: COST });
    return `scrypt$${COST}$${salt.toString('base64')}$${key.toString('base64')}`;
  };
  return (password) => {
    const found = known.get(password) ?? hash(password);
    known.set(password, found);
    return found;
  };
}

/**
 * Keeps what is not active yet: passwords hashed, workspaces as they are; embedded apps are only named.
 * @returns what `moot` tells at the start
 */
export async function keepPending(cast: Cast): Promise<PendingItem[]> {
  const hash = createHasher();
  const items: PendingItem[] = [];
  for (const org of cast.orgs) {
    for (const { type, key } of org.entry.apps)
      if (type === 'embedded') items.push({ what: 'app of type embedded', key, config: {} });
    for (const [index, workspace] of org.entry.workspaces.entries())
      items.push({ what: 'workspace', key: workspace.key ?? String(index), config: { ...workspace } });
    const passwords = org.people.filter(({ entry }) => entry.password !== undefined);
    const hashed = passwords.map(async ({ facts, entry }) => {
      const config = { personId: facts.id, passwordHash: await hash(entry.password!) };
      return { what: 'password', key: entry.key, config };
    });
    items.push(...(await Promise.all(hashed)));
  }
  return items;
}
