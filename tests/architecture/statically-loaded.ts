import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a bundle that one of them loads without any dynamic import, and itself; beyond those in `seen`. */
export function staticallyLoaded(dist: string, entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const code = readFileSync(join(dist, entry), 'utf8');
  for (const match of code.matchAll(/^(?:const \S+ = |module\.exports = )?require\(["']\.\/([^"']+)["']\)/gm))
    staticallyLoaded(dist, match[1] ?? '', seen);
  return seen;
}
