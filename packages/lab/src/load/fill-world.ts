import { readFile } from 'node:fs/promises';
import type { World } from '@moothall/platform';
import { demoWorld } from '../demo/demo-world.data.ts';
import type { WorldSource } from '../lab-types.ts';
import { readState } from '../state.ts';
import { parseWorldFile } from '../world-file/parse-world-file.ts';
import type { WorldFile } from '../world-file/world-schema.ts';
import { type LoadedWorld, type LoadState, loadWorld, recallWorld } from './load-world.ts';
import { WorldFileError } from './world-file-error.ts';

/** A world as it stands after a start. */
export type FilledWorld = LoadedWorld & { loaded: boolean; notes: string[] };

/** The world that a source describes, if it names any. @throws WorldFileError with all errors of the file */
export async function readSource({ worldFile, demo }: WorldSource): Promise<WorldFile | undefined> {
  if (worldFile === undefined && !demo) return undefined;
  const text = worldFile === undefined ? demoWorld : await readText(worldFile);
  const parsed = parseWorldFile(text);
  if (!parsed.ok) throw new WorldFileError(parsed.errors, worldFile);
  return parsed.world;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new WorldFileError([`it cannot be read: ${(error as Error).message}`], path);
  }
}

/** A load that was cut off left a part of a world, which nobody has used yet. */
async function clear({ store, caches }: World): Promise<void> {
  const { rows } = await store.pool.query<{ tables: string }>(
    `select string_agg(quote_ident(tablename), ', ') as tables from pg_tables
     where schemaname = current_schema() and tablename <> 'migration'`,
  );
  await store.pool.query(`truncate ${rows[0]!.tables}`);
  caches.clearAll();
}

async function isEmpty(world: World): Promise<boolean> {
  const { rows } = await world.store.pool.query('select 1 from org limit 1');
  return rows.length === 0;
}

/**
 * Fills an empty database from the world file, or with the demo world; one that is filled stays as it is.
 * @param readAhead what `readSource` returned, if it was called ahead
 * @throws WorldFileError with all errors of the file; the database is left empty then
 */
export async function fillWorld(
  world: World,
  source: WorldSource,
  readAhead?: Promise<WorldFile | undefined>,
): Promise<FilledWorld> {
  const state = await readState<LoadState>(world, 'lab.world');
  const cutOff = state?.status === 'loading';
  if (!cutOff && !(await isEmpty(world))) {
    const notes =
      source.worldFile === undefined ? [] : [`${source.worldFile} is ignored: the world is not empty`];
    return { ...(await recallWorld(world)), loaded: false, notes };
  }
  const file = await (readAhead ?? readSource(source));
  if (cutOff) await clear(world);
  if (!file) return { people: [], bots: [], pending: [], loaded: false, notes: ['The world is empty'] };
  try {
    return { ...(await loadWorld(world, file)), loaded: true, notes: [] };
  } catch (error) {
    await clear(world);
    if (error instanceof WorldFileError) throw new WorldFileError(error.errors, source.worldFile);
    throw error;
  }
}
