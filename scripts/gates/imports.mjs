import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importRules } from './import-rules.mjs';
import { readSourceFiles } from './source-files.mjs';

const folders = ['packages', 'apps', 'tests', 'bench'];
const leftOut = ['^(apps|packages)/[^/]+/dist/', '^tests/clients/[^/]+/(?!.*\\.test\\.ts$)'];
/** The swc parser sees type-only imports and breaks on .tsx; the other one is the reverse. */
const parsers = [
  { pattern: /\.(ts|mjs)$/, parser: 'swc', left: ['\\.tsx$'] },
  { pattern: /\.tsx$/, parser: 'acorn', left: [] },
];
const wanted = /^(packages\/[^/]+\/src|apps\/[^/]+\/src|tests|bench)\//;

/** Direction of imports, cycles, and which library is known where. */
export const imports = { name: 'imports', run: findWrongImports };

async function findWrongImports(root) {
  const { cruise } = await import('dependency-cruiser');
  const files = readSourceFiles(root, wanted);
  const reports = [];
  for (const { pattern, parser, left } of parsers) {
    const own = files.filter(({ path }) => pattern.test(path));
    if (own.length === 0) continue;
    const { output } = await cruise(existingFolders(root), cruiseOptions(root, parser, left));
    reports.push({ own, output, pattern });
  }
  const findings = reports.flatMap(({ own, output, pattern }) => [
    ...violations(output, pattern),
    ...byPath(output),
    ...unseen(own, output),
  ]);
  return [...new Set(findings)];
}

function existingFolders(root) {
  return folders.filter((folder) => existsSync(join(root, folder)));
}

function cruiseOptions(root, parser, left) {
  return {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: importRules },
    parser,
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: [...leftOut, ...left] },
    extraExtensionsToScan: [],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts', '.json'],
    },
  };
}

/** Of what the two parsers see differently, each is believed about its own kind of files. */
function violations(output, pattern) {
  return output.summary.violations
    .filter(({ from, to }) => pattern.test(from) || pattern.test(to))
    .map(({ from, to, rule, cycle }) => {
      const path = cycle ? cycle.map((step) => step.name).join(' -> ') : to;
      return `${from} -> ${path}: ${rule.name}`;
    });
}

/**
 * Whether a dependency is written as a path is not in the tool's own kinds of dependencies: those of tests, whose
 * packages the root lists, count as local too. So the text of the import decides.
 */
function byPath(output) {
  const packageOf = (path) => /^packages\/[^/]+/.exec(path)?.[0];
  return output.modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ module, resolved }) => module.startsWith('.') && packageOf(resolved))
      .filter(({ resolved }) => packageOf(resolved) !== packageOf(source))
      .map(
        ({ resolved }) =>
          `${source} -> ${resolved}: another package is entered through what its package.json exports, never by a path`,
      ),
  );
}

/** A parser that silently skips files would find nothing in them: every file must have been read. */
function unseen(files, output) {
  const modules = new Map(output.modules.map((module) => [module.source, module]));
  return files
    .filter(({ path }) => !path.startsWith('tests/clients/'))
    .filter(({ path, text }) => {
      const module = modules.get(path);
      return !module || (/^import .* from '/m.test(text) && module.dependencies.length === 0);
    })
    .map(({ path }) => `${path}: not read by dependency-cruiser`);
}
