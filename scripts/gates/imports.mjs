import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importRules } from './import-rules.mjs';
import { readSourceFiles } from './source-files.mjs';

const folders = ['packages', 'apps', 'tests', 'bench'];
const wanted = /^(packages\/[^/]+\/src|apps\/[^/]+\/src|tests|bench)\//;

/** Direction of imports, cycles, and which library is known where. */
export const imports = { name: 'imports', run: findWrongImports };

async function findWrongImports(root) {
  const { cruise } = await import('dependency-cruiser');
  const files = readSourceFiles(root, wanted);
  const reports = [];
  // The swc parser sees type-only imports and breaks on .tsx; the other one is the reverse.
  for (const [pattern, parser] of [
    [/\.(ts|mjs)$/, 'swc'],
    [/\.tsx$/, 'acorn'],
  ]) {
    const own = files.filter(({ path }) => pattern.test(path));
    if (own.length === 0) continue;
    const { output } = await cruise(existingFolders(root), cruiseOptions(root, parser));
    reports.push({ own, output });
  }
  return reports.flatMap(({ own, output }) => [
    ...violations(output),
    ...byPath(output),
    ...unseen(own, output),
  ]);
}

function existingFolders(root) {
  return folders.filter((folder) => existsSync(join(root, folder)));
}

function cruiseOptions(root, parser) {
  return {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: importRules },
    parser,
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(apps|packages)/[^/]+/dist/|^tests/clients/[^/]+/(?!.*\\.test\\.ts$)' },
    extraExtensionsToScan: [],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts', '.json'],
    },
  };
}

function violations(output) {
  return output.summary.violations.map(({ from, to, rule, cycle }) => {
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
