import { openApiOf } from '@moothall/contract';
import { officialRows, renderCoverage } from '../coverage-matrix.ts';
import { type CriteriaResults, criteriaPage } from './criteria-page.ts';
import { errorsPage } from './errors-page.ts';
import { page } from './markdown.ts';
import { allOperations, coverageOf } from './operations.ts';
import { configurationPage, limitsPage } from './settings-pages.ts';

function coveragePage(): string {
  return page(
    'Coverage',
    'Every operation of the public interface that its users name or expect, and how far it is built. What is not built answers 501.',
    renderCoverage(allOperations.map(coverageOf), officialRows),
  );
}

type Paths = Record<string, Record<string, unknown>>;

/** The document with each operation on a line of its own, so that changes can be read. */
function openApiText(version: string): string {
  // Pages are called by our own pages only: no program is told how (F61).
  const called = allOperations.filter(({ plane }) => plane !== 'page');
  const { paths, ...rest } = openApiOf(called, version);
  const methods = (path: Record<string, unknown>) =>
    Object.entries(path).map(([method, operation]) => `      "${method}": ${JSON.stringify(operation)}`);
  const lines = Object.entries(paths as Paths).map(
    ([path, operations]) => `    "${path}": {\n${methods(operations).join(',\n')}\n    }`,
  );
  const head = Object.entries(rest).map(([name, value]) => `  "${name}": ${JSON.stringify(value)},`);
  return `{\n${head.join('\n')}\n  "paths": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/**
 * The generated reference: file name below docs/reference to its text.
 * @param version of the product
 * @param results last results of the tests that carry the id of a criterion
 */
export function referencePages(version: string, results: CriteriaResults = {}): Record<string, string> {
  return {
    'criteria.md': criteriaPage(results),
    'coverage.md': coveragePage(),
    'errors.md': errorsPage(),
    'limits.md': limitsPage(),
    'configuration.md': configurationPage(),
    'openapi.json': openApiText(version),
  };
}
