import { createHash } from 'node:crypto';

/**
 * A copy of a world's database, as its comment tells. One of the kind `next` is ready to take the world's place; its
 * name is the database that it was made of.
 */
export type CopyNote = {
  kind: 'base' | 'snapshot' | 'fork' | 'next';
  world: string;
  name: string;
  savedAt: string;
  /** Tells it from others of the same name; those of earlier releases have none. */
  id?: string;
};

/** A copy and the database that it is in. */
export type DatabaseCopy = CopyNote & { database: string };

/** Names of copies are digests: short enough for PostgreSQL however long the world's and the copy's names are. */
export function copyName(world: string, kind: string, name: string): string {
  const digest = createHash('sha256').update(`${world}\0${kind}\0${name}`).digest('hex');
  return `moot_${kind}_${digest.slice(0, 32)}`;
}

/** All copies on a database server, oldest first: rows of `database` and `description`. */
export const COPIES = `
  select datname as database, description
  from pg_database join pg_shdescription on objoid = oid and classoid = 'pg_database'::regclass
  where datname like 'moot\\_%' order by oid`;

/** What a row of `COPIES` tells: one copy, or none where the comment is somebody else's. */
export function noteOf({ database, description }: { database: string; description: string }): DatabaseCopy[] {
  try {
    return [{ ...(JSON.parse(description) as CopyNote), database }];
  } catch {
    return [];
  }
}
