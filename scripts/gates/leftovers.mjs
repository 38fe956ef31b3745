import { readSourceFiles } from './source-files.mjs';
import { eachNode, lineAt, parse } from './syntax-tree.mjs';

const leftover =
  /(?:\/\/|\/\*|^\s*\*).*?(\bTODO\b|\bFIXME\b|\bXXX\b|@ts-ignore|@ts-nocheck|@ts-expect-error)/;

/** Marks of unfinished work, silenced types, and inline `import('x').T` types, which hide from the import gate. */
export const leftovers = {
  name: 'leftovers',
  run: async (root) =>
    readSourceFiles(root, /^(packages|apps|tests|bench|examples)\//).flatMap((file) => [
      ...marks(file),
      ...inlineImportTypes(file),
    ]),
};

function marks({ path, text }) {
  return text.split('\n').flatMap((line, index) => {
    const match = leftover.exec(line);
    return match ? [`${path}:${index + 1}: ${match[1]}`] : [];
  });
}

function inlineImportTypes(file) {
  if (!/\bimport\(/.test(file.text)) return [];
  const findings = [];
  eachNode(parse(file), (node) => {
    if (node.type !== 'TSImportType') return;
    findings.push(`${file.path}:${lineAt(file.text, node.start)}: write an import type statement`);
  });
  return findings;
}
