import { readSourceFiles } from './source-files.mjs';
import { lineAt, parse } from './syntax-tree.mjs';

/** Every export of packages and apps says in a JSDoc block what it is. */
export const docs = {
  name: 'docs',
  run: async (root) =>
    readSourceFiles(root, /^(packages|apps)\/[^/]+\/src\//)
      .filter((file) => !/\.test\.tsx?$/.test(file.path))
      .flatMap(undocumentedExports),
};

function undocumentedExports(file) {
  const { body } = parse(file);
  const seen = new Set();
  return body
    .flatMap((node) => exportedDeclarations(node, body))
    .filter(({ name, start }) => {
      // Overloads share the block of the first.
      if (seen.has(name)) return false;
      seen.add(name);
      return !hasDocBlock(file.text, start);
    })
    .map(({ name, start }) => `${file.path}:${lineAt(file.text, start)}: ${name} has no JSDoc block`);
}

/** What a statement exports from this very file; re-exports are documented where they are declared. */
function exportedDeclarations(node, body) {
  if (node.type === 'ExportDefaultDeclaration') return [{ name: 'default', start: node.start }];
  if (node.type !== 'ExportNamedDeclaration' || node.source) return [];
  if (node.declaration) return declaredNames(node.declaration).map((name) => ({ name, start: node.start }));
  return node.specifiers.flatMap(({ local }) => {
    const owner = body.find((statement) => declaredNames(statement).includes(local.name));
    return owner ? [{ name: local.name, start: owner.start }] : [];
  });
}

function declaredNames(node) {
  if (node.type === 'VariableDeclaration') {
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : boundNames(id)));
  }
  return node.id?.name ? [node.id.name] : [];
}

function boundNames(pattern) {
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap(({ value }) => (value?.type === 'Identifier' ? [value.name] : []));
}

function hasDocBlock(text, start) {
  const before = text.slice(0, start).trimEnd();
  if (!before.endsWith('*/')) return false;
  const block = before.slice(before.lastIndexOf('/*'));
  return block.startsWith('/**') && /[A-Za-z]{2}/.test(block);
}
