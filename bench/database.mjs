import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** A connection to the embedded database of a running server, for filling tables quickly. */
export async function connectTo(data) {
  const [, , , port, host] = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const client = new pg.Client({
    host: host.trim(),
    port: Number(port),
    user: 'moothall',
    database: 'moothall',
  });
  await client.connect();
  return client;
}
