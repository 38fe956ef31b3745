import { readSourceFiles } from './source-files.mjs';
import { eachNode, lineAt, parse } from './syntax-tree.mjs';

const limits = {
  fileLinesMax: 400,
  fileLinesFor95Percent: 300,
  fileLinesMedian: 80,
  functionLinesMax: 100,
  functionLinesFor95Percent: 50,
  functionLinesMedian: 12,
};
const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Small files and functions. Data tables (`*.data.ts`) may be long; function sizes leave tests out. */
export const sizes = { name: 'sizes', run: async (root) => findOversize(root) };

function findOversize(root) {
  const files = readSourceFiles(root, /^(packages|apps|scripts|tests|bench|examples)\//);
  const code = files.filter((file) => !/\.data\.ts$/.test(file.path));
  return [
    ...judge(
      'file',
      code.map(fileSize),
      limits.fileLinesMax,
      limits.fileLinesFor95Percent,
      limits.fileLinesMedian,
    ),
    ...judge(
      'function',
      code.filter((file) => !file.isTest).flatMap(functionSizes),
      limits.functionLinesMax,
      limits.functionLinesFor95Percent,
      limits.functionLinesMedian,
    ),
  ];
}

function judge(what, measured, max, for95Percent, median) {
  if (measured.length === 0) return [];
  const findings = measured
    .filter(({ lines }) => lines > max)
    .map(({ where, lines }) => `${where}: ${what} of ${lines} lines, at most ${max}`);
  const sorted = measured.map(({ lines }) => lines).sort((a, b) => a - b);
  const long = measured.filter(({ lines }) => lines >= for95Percent);
  if (long.length > measured.length * 0.05) {
    const worst = long.map(({ where, lines }) => `${where} (${lines})`).join(', ');
    findings.push(`only 5 % of each ${what} may have ${for95Percent} lines or more: ${worst}`);
  }
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle > median) findings.push(`the median ${what} has ${middle} lines, at most ${median}`);
  return findings;
}

function fileSize({ path, text }) {
  return { where: path, lines: text.trimEnd().split('\n').length };
}

function functionSizes(file) {
  const found = [];
  eachNode(parse(file), (node) => {
    if (!functionTypes.has(node.type)) return;
    const first = lineAt(file.text, node.start);
    found.push({ where: `${file.path}:${first}`, lines: lineAt(file.text, node.end) - first + 1 });
  });
  return found;
}
