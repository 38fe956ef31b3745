import { CliError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { render, table } from '../output/render.ts';
import { labCommand } from './lab-command.ts';

const ID = ['<id>', 'of the delivery, as `moot deliveries list` shows it'] as const;
const MOST = 1000;

type Delivery = Record<string, unknown> & {
  id: string;
  tries: { status?: number; error?: { code: string } }[];
};

function row({ id, created, state, resource, event, tries }: Delivery): string[] {
  const last = tries.at(-1);
  return [id, created, state, resource, event, last?.status ?? last?.error?.code ?? ''].map(String);
}

function listText({ items }: Record<string, unknown>): string {
  const deliveries = items as Delivery[];
  if (deliveries.length === 0) return 'none\n';
  return table([['id', 'created', 'state', 'resource', 'event', 'answer'], ...deliveries.map(row)]);
}

const list = labCommand(
  {
    name: 'deliveries list',
    summary: 'List webhook deliveries, newest first',
    options: [
      ['--webhook <id>', 'of this webhook only'],
      ['--state <state>', 'pending, done or dead only'],
      ['--max <number>', `so many at most, 1 to ${MOST}; 100 unless said`],
    ],
    examples: ['moot deliveries list', 'moot deliveries list --state dead --json'],
  },
  ({ given }) => {
    const query = new URLSearchParams({ max: String(given.number('max', { min: 1, max: MOST }) ?? 100) });
    const [webhookId, state] = [given.text('webhook'), given.text('state')];
    if (webhookId !== undefined) query.set('webhookId', webhookId);
    if (state !== undefined) query.set('state', state);
    return { method: 'GET', path: `/deliveries?${query}` };
  },
  listText,
);

const show: Command = {
  name: 'deliveries show',
  summary: `Show one of the last ${MOST} deliveries with its request, its tries and the response`,
  arguments: [ID],
  needs: ['lab'],
  examples: ['moot deliveries show 0198c5d2-7a31-7c11-9f9d-0f3a7f1c2b4d --json'],
  async run({ given, server }) {
    const id = given.argument(0).toLowerCase();
    const { body } = await server().lab('GET', `/deliveries?max=${MOST}`);
    const found = (body.items as Delivery[]).find((delivery) => delivery.id === id);
    if (found) return { document: found, text: render(found) };
    throw new CliError(
      `There is no delivery '${id}' among the last ${MOST}: see \`moot deliveries list\` for their ids.`,
    );
  },
};

const redeliver = labCommand(
  {
    name: 'deliveries redeliver',
    summary: 'Send the same body once more, as a delivery with an id of its own',
    arguments: [ID],
    examples: ['moot deliveries redeliver 0198c5d2-7a31-7c11-9f9d-0f3a7f1c2b4d'],
  },
  ({ given }) => ({
    method: 'POST',
    path: `/deliveries/${encodeURIComponent(given.argument(0))}/redeliver`,
    body: {},
  }),
  ({ id }) => `${String(id)}\n`,
);

/** The delivery log of webhooks. */
export const deliveryCommands: readonly Command[] = [list, show, redeliver];
