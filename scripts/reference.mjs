import './node-version.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleModule } from './build/bundle.mjs';
import { ensureInstalled } from './install.mjs';
import { repositoryRoot as root } from './root.mjs';
import { readCriteria } from './test/criteria-results.mjs';

// Writes the generated pages of docs/reference from the registry, the ledgers and the table of settings.
await ensureInstalled({ dev: true });
const entry = join(root, 'tests', 'contract', 'reference', 'pages.ts');
const code = await bundleModule(root, entry);
const file = join(root, '.cache', 'reference', 'pages.js');
mkdirSync(join(file, '..'), { recursive: true });
writeFileSync(file, code);
const { referencePages } = await import(pathToFileURL(file).href);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = join(root, 'docs', 'reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(referencePages(version, readCriteria(root)))) {
  writeFileSync(join(folder, name), text);
  console.log(`docs/reference/${name}`);
}
