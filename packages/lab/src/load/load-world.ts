import { isDuplicate, type World } from '@moothall/platform';
import type { Tx } from '@moothall/store';
import { storeClock } from '../clock/clock-keeper.ts';
import type { LabReport, ReportedBot, ReportedPerson } from '../lab-types.ts';
import { readState, writeState } from '../state.ts';
import type { WorldFile } from '../world-file/world-schema.ts';
import { type Cast, castOf } from './cast.ts';
import { type LoadedAccounts, loadAccounts } from './load-accounts.ts';
import { loadApps } from './load-apps.ts';
import { loadMessages } from './load-messages.ts';
import { loadSpaces } from './load-spaces.ts';
import { keepPending } from './pending-items.ts';
import { WorldFileError } from './world-file-error.ts';

/** How far the load of a world has come. A load that was cut off is begun anew. */
export type LoadState = { status: 'loading' | 'loaded'; behaviour?: 'faq' | 'cloud' };

/** Who is in a loaded world, and what of its file has no effect yet. */
export type LoadedWorld = Pick<LabReport, 'people' | 'bots'> & { pending: string[] };

function startClock({ clock }: World, file: WorldFile): void {
  const atMs = file.clock?.getTime() ?? clock.nowMs();
  if (file.frozen) clock.load({ offsetMs: 0, frozenAtMs: atMs });
  else if (file.clock) {
    clock.load({ offsetMs: 0, frozenAtMs: atMs });
    clock.resume();
  }
}

function peopleOf(
  cast: Cast,
  { tokens, signInTokens }: LoadedAccounts,
): Pick<LoadedWorld, 'people' | 'bots'> {
  const people: ReportedPerson[] = [];
  const bots: ReportedBot[] = [];
  for (const org of cast.orgs) {
    for (const { facts, entry } of org.people) {
      const token = tokens.get(facts.email);
      const { email, displayName } = facts;
      const person = { email, displayName, roles: entry.roles, signInToken: signInTokens.get(email)! };
      people.push({ ...person, ...(token !== undefined && { token }) });
    }
    for (const { facts } of org.bots)
      bots.push({ email: facts.email, displayName: facts.displayName, token: tokens.get(facts.email)! });
  }
  return { people, bots };
}

function pendingLines(items: readonly { what: string; key: string }[]): string[] {
  const kinds = [...new Set(items.map((item) => item.what))];
  return kinds.map((what) => {
    const keys = items.filter((item) => item.what === what).map((item) => item.key);
    return `${what}: ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ` and ${keys.length - 5} more` : ''}`;
  });
}

/** Everything but messages, in one transaction. */
async function loadRows(world: World, cast: Cast) {
  try {
    return await world.store.tx(async (tx: Tx) => {
      const accounts = await loadAccounts(world, tx, cast);
      const rooms = await loadSpaces(world, tx, cast);
      await loadApps(world, tx, cast);
      const pending = keepPending(cast);
      return { accounts, rooms, pending };
    });
  } catch (error) {
    // The file's own duplicates were found before; what is left clashes with ids or names that were made here.
    const { constraint, detail } = error as { constraint?: string; detail?: string };
    if (isDuplicate(error)) throw new WorldFileError([`${constraint ?? 'a key'} is taken: ${detail ?? ''}`]);
    throw error;
  }
}

/**
 * Fills an empty database with a world.
 * @throws WorldFileError when the platform refuses a part of it
 */
export async function loadWorld(world: World, file: WorldFile): Promise<LoadedWorld> {
  const behaviour = file.behaviour === undefined ? {} : { behaviour: file.behaviour };
  await writeState(world, 'lab.world', { status: 'loading', ...behaviour } satisfies LoadState);
  startClock(world, file);
  const cast = castOf(world, file);
  const { accounts, rooms, pending } = await loadRows(world, cast);
  await loadMessages(world, rooms, cast);
  const loaded = { ...peopleOf(cast, accounts), pending: pendingLines(pending) };
  // Tokens are hashed where they count; the lab shows them at each start, so it keeps them sealed.
  await writeState(world, 'lab.report', world.secrets.seal(JSON.stringify(loaded)));
  await writeState(world, 'lab.pending', pending);
  await storeClock(world);
  await writeState(world, 'lab.world', { status: 'loaded', ...behaviour } satisfies LoadState);
  return loaded;
}

/** The world that was loaded at an earlier start; empty when none was, or its key is another now. */
export async function recallWorld(world: World): Promise<LoadedWorld> {
  const sealed = await readState<string>(world, 'lab.report');
  try {
    if (sealed !== undefined) return JSON.parse(world.secrets.open(sealed)) as LoadedWorld;
  } catch (error) {
    world.log.warn({ err: error }, 'the tokens of the world cannot be shown: the secret key has changed');
  }
  return { people: [], bots: [], pending: [] };
}
