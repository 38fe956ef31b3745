import { readSourceFiles } from './source-files.mjs';
import { eachNode, lineAt, parse } from './syntax-tree.mjs';

const timeInSql =
  /(?<![\w.])(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|\b(current_timestamp|current_date|current_time|localtimestamp)\b/i;
const clock = /^packages\/core\/src\/clock/;

/** Times in SQL come from the world's clock as parameters: no `now()` in any string or template. */
export const sqlTime = {
  name: 'sql-time',
  run: async (root) =>
    readSourceFiles(root, /^(packages|apps)\/[^/]+\/src\//)
      .filter((file) => !file.isTest && !clock.test(file.path) && timeInSql.test(file.text))
      .flatMap(findTimeInSql),
};

function findTimeInSql(file) {
  const findings = [];
  eachNode(parse(file), (node) => {
    const match = timeInSql.exec(stringOf(node) ?? '');
    if (!match) return;
    const line = lineAt(file.text, node.start);
    findings.push(`${file.path}:${line}: ${match[0]} in SQL; pass world.clock's time as a parameter`);
  });
  return findings;
}

function stringOf(node) {
  if (node.type === 'TemplateElement') return node.value.raw;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
