import type { TraceStep } from '@moothall/http';
import type { TraceRecord } from '@moothall/platform';

/** What refused a request; `none` when no decision did. */
export type Refuser = TraceStep['check'] | 'none';

const WHO: Readonly<Record<TraceStep['check'], string>> = {
  token: 'the token',
  scope: 'scope',
  role: 'role',
  licence: 'licence',
  relation: 'relation (membership, ownership or tenancy)',
  policy: 'policy',
};

/** The last steps, when they refused: every capacity in which the caller was tried in vain. */
function refusals(steps: readonly TraceStep[]): TraceStep[] {
  const last = steps.at(-1);
  if (!last || last.passed) return [];
  const start = steps.findLastIndex((step) => step.passed || step.check !== last.check);
  return steps.slice(start + 1);
}

/**
 * The true cause of an answer in one sentence (F25): on the wire scope, role and licence are one text,
 * and what is absent looks like what is forbidden.
 */
export function explain(record: TraceRecord): { refusedBy: Refuser; sentence: string } {
  const refused = record.status >= 400 ? refusals(record.steps) : [];
  const last = refused.at(-1);
  const answer = `${record.method} ${record.path} was answered with ${record.status}`;
  if (last) {
    const details = [...new Set(refused.map((step) => step.detail))].join('; ');
    return { refusedBy: last.check, sentence: `${answer}: refused by ${WHO[last.check]}: ${details}.` };
  }
  if (record.status < 400) return { refusedBy: 'none', sentence: `${answer}: nothing was refused.` };
  const cause = record.cause ?? 'unknown';
  return {
    refusedBy: 'none',
    sentence: `${answer}: every check passed, the request itself failed as ${cause}.`,
  };
}
