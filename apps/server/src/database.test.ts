import { describe, expect, it } from 'vitest';
import type { ServerConfig } from './config.ts';
import { openDatabase } from './database.ts';

describe('the database from which others are copied', () => {
  it.each([
    ['postgres://moot@db.test/moot', '/postgres'],
    ['postgres://moot@db.test/postgres', '/template1'],
    ['postgres://postgres@db.test', '/template1'],
  ])('is never the world itself: %s', async (databaseUrl, path) => {
    const { maintenance } = await openDatabase({ databaseUrl } as ServerConfig, '', () => {});
    const { connectionString } = maintenance as { connectionString: string };
    expect(new URL(connectionString).pathname).toBe(path);
  });
});
