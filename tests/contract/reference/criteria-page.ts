import { criteria } from '../../criteria/criteria.data.ts';
import { markdownTable, page } from './markdown.ts';

/** Criterion to test file to its last result. */
export type CriteriaResults = Record<string, Record<string, string>>;

function resultOf(files: Record<string, string>, lacks: string | undefined): string {
  const states = Object.values(files);
  if (states.length === 0) return 'no test yet';
  if (states.some((state) => state !== 'passed')) return 'failed';
  return lacks === undefined ? 'passed' : `passed in part; lacks ${lacks}`;
}

function linksOf(files: Record<string, string>): string {
  return Object.keys(files)
    .sort()
    .map((file) => `[${file.split('/').at(-1)}](../../${file})`)
    .join(', ');
}

/** Each rule that the founding FAQ asks for: its question, the rule, the tests that carry its id, their last result. */
export function criteriaPage(results: CriteriaResults): string {
  const rows = criteria.map(({ id, question, rule, lacks }) => {
    const files = results[id] ?? {};
    return [id, question, rule, linksOf(files), resultOf(files, lacks)];
  });
  const held = rows.filter((row) => row.at(-1) === 'passed').length;
  return page(
    'The FAQ and what holds it',
    `Each question of the developer FAQ is answered by rules, and each rule by tests that carry its id. Results are those of the last \`npm test\` before this page was made: ${held} of ${rows.length} rules are held.`,
    markdownTable(['rule', 'question', 'what is held', 'tests', 'last result'], rows),
  );
}
