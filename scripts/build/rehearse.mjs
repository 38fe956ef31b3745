// Runs a bundle as far as its `rehearse` goes, if it has one, and puts what V8 has compiled by then beside each chunk:
// a start then compiles none of it again. A process of its own. Argument: absolute path of the entry.
import { renameSync, writeFileSync } from 'node:fs';
import { codeCacheOf, loadBundle } from '../load-bundle.mjs';

const entry = process.argv[2];
const scripts = new Map();
const { rehearse } = loadBundle(entry, (path, script) => scripts.set(path, script));
await rehearse?.();
// The door keeps its name from build to build: the cache of one could be taken for that of another.
scripts.delete(entry);
for (const [path, script] of scripts) {
  const cache = codeCacheOf(path);
  writeFileSync(`${cache}.new`, script.createCachedData());
  renameSync(`${cache}.new`, cache);
}
// A rehearsal stops in the middle, with whatever it has open.
process.exit(0);
