import { table } from '../output/render.ts';
import { labCommand } from './lab-command.ts';

type Step = { check: string; passed: boolean; detail: string };

function whyText(body: Record<string, unknown>): string {
  const steps = (body.steps ?? []) as Step[];
  const rows = steps.map(({ check, passed, detail }) => [passed ? 'ok' : 'NO', check, detail]);
  const who = body.personEmail ? ` by ${String(body.personEmail)}` : '';
  const heading = `${String(body.method)} ${String(body.path)} -> ${String(body.status)}${who}\n`;
  return `${heading}${String(body.sentence)}\n${table(rows)}`;
}

/** Tells which check refused a request. */
export const why = labCommand(
  {
    name: 'why',
    summary: 'Tell which of scope, role, licence, membership or policy refused a request',
    arguments: [['<trackingId>', "the reply's TrackingID header, or trackingId in the error"]],
    examples: ['moot why ROUTER_6F9619FF-8B86-D011-B42D-00CF4FC964FF'],
  },
  ({ given }) => ({ method: 'GET', path: `/why/${encodeURIComponent(given.argument(0))}` }),
  whyText,
);
