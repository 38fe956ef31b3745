import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { type AppKind, addApp, type World } from '@moothall/platform';
import type { Tx } from '@moothall/store';
import type { AppEntry, BotEntry } from '../world-file/world-schema.ts';
import type { Cast, CastOrg } from './cast.ts';

/** Something of a world file whose feature is not there yet: kept with the world, without effect. */
export type PendingItem = { what: string; key: string; config: Record<string, unknown> };

const SECRET_KEYS = new Set(['clientSecret', 'secret']);
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

/** Settings of an app as they are stored: secrets sealed. */
function sealed(world: World, config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) =>
      SECRET_KEYS.has(name) && typeof value === 'string'
        ? [`${name}Sealed`, world.secrets.seal(value)]
        : [name, value],
    ),
  );
}

async function storeApp(
  world: World,
  tx: Tx,
  entry: Exclude<AppEntry, BotEntry>,
  org: CastOrg,
  { accounts }: Cast,
): Promise<PendingItem> {
  const { key, id, type, name, owner, ...config } = entry;
  const ownerId = owner === undefined ? org.people[0]?.facts.id : accounts.get(owner)?.id;
  const clientId = 'clientId' in config ? config.clientId : undefined;
  const kind: AppKind = type;
  const stored = { kind, name, orgId: org.id, ownerId, clientId, config: sealed(world, config) };
  const app = await addApp(world, tx, { ...(id && { id }), ...stored });
  return { what: `app of type ${type}`, key, config: { appId: app.id } };
}

/**
 * Keeps what is not active yet: apps other than bots as their rows, passwords hashed, workspaces as they are.
 * @returns what `moot` tells at the start
 */
export async function keepPending(world: World, tx: Tx, cast: Cast): Promise<PendingItem[]> {
  const hash = createHasher();
  const items: PendingItem[] = [];
  for (const org of cast.orgs) {
    for (const app of org.entry.apps) {
      if (app.type !== 'bot') items.push(await storeApp(world, tx, app, org, cast));
    }
    for (const [index, workspace] of org.entry.workspaces.entries())
      items.push({ what: 'workspace', key: workspace.key ?? String(index), config: { ...workspace } });
    if (org.entry.profile === 'gov') items.push({ what: 'profile gov', key: org.entry.key, config: {} });
    const passwords = org.people.filter(({ entry }) => entry.password !== undefined);
    const hashed = passwords.map(async ({ facts, entry }) => {
      const config = { personId: facts.id, passwordHash: await hash(entry.password!) };
      return { what: 'password', key: entry.key, config };
    });
    items.push(...(await Promise.all(hashed)));
  }
  return items;
}
