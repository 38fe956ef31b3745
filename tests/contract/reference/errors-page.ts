import { type ErrorDefinition, generalErrors, limitLedger, type RuleSource } from '@moothall/core';
import { registry } from '@moothall/platform';
import { sdkPlane } from '@moothall/sdk-plane';
import { markdownTable, page } from './markdown.ts';
import { allOperations } from './operations.ts';

const sources: readonly RuleSource[] = ['documented', 'as-observed', 'decided'];

function allErrors(): ErrorDefinition[] {
  const tables = [...registry, ...sdkPlane].flatMap((slice) => Object.values(slice.errors ?? {}));
  const declared = allOperations.flatMap((operation) => operation.errors ?? []);
  const byCode = new Map<string, ErrorDefinition>();
  for (const error of [...Object.values(generalErrors), ...tables, ...declared])
    byCode.set(error.code, error);
  return [...byCode.values()];
}

function fidelity(errors: readonly ErrorDefinition[]): string {
  const kinds: [string, readonly { source: RuleSource }[]][] = [
    ['refusals', errors],
    ['limits', Object.values(limitLedger)],
    ['operations', allOperations],
  ];
  const count = (rules: readonly { source: RuleSource }[], source: RuleSource) =>
    String(rules.filter((rule) => rule.source === source).length);
  return markdownTable(
    ['', ...sources],
    kinds.map(([name, rules]) => [name, ...sources.map((source) => count(rules, source))]),
  );
}

function table(errors: readonly ErrorDefinition[]): string {
  const users = (code: string) =>
    allOperations.filter((operation) => operation.errors?.some((error) => error.code === code));
  return markdownTable(
    ['code', 'status', 'message', 'source', 'operations'],
    errors.map(({ code, status, message, source }) => [
      `\`${code}\``,
      String(status),
      message,
      source,
      users(code)
        .map((operation) => operation.id)
        .join(', '),
    ]),
  );
}

/** Every refusal with its status, text, source and operations, and how many rules stand on which source. */
export function errorsPage(): string {
  const errors = allErrors();
  const general = errors.filter(({ code }) => code in generalErrors);
  const own = errors.filter(({ code }) => !(code in generalErrors));
  return page(
    'Refusals',
    'Each refusal has the body `{ message, errors: [{ description }], trackingId }`. The code stays in the server: `moot why TRACKING_ID` shows it. A word in braces is filled in.',
    `## Of any operation\n\n${table(general)}`,
    `## Of single operations\n\n${table(own)}`,
    `## Where rules come from\n\n\`documented\` stands in a public document, \`as-observed\` in the traffic of real clients, \`decided\` is ours.\n\n${fidelity(errors)}`,
  );
}
