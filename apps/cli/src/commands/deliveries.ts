import { labCommand } from './lab-command.ts';

const ID = ['<id>', 'of the delivery, as `moot deliveries list` shows it'] as const;

const list = labCommand(
  {
    name: 'deliveries list',
    summary: 'List webhook deliveries, newest first',
    examples: ['moot deliveries list', 'moot deliveries list --json'],
  },
  () => ({ method: 'GET', path: '/deliveries' }),
);

const show = labCommand(
  {
    name: 'deliveries show',
    summary: 'Show a delivery with its request and the response to it',
    arguments: [ID],
    examples: ['moot deliveries show 0198c5d2-7a31-7c11-9f9d-0f3a7f1c2b4d --json'],
  },
  ({ given }) => ({ method: 'GET', path: `/deliveries/${encodeURIComponent(given.argument(0))}` }),
);

const redeliver = labCommand(
  {
    name: 'deliveries redeliver',
    summary: 'Send a delivery once more',
    arguments: [ID],
    examples: ['moot deliveries redeliver 0198c5d2-7a31-7c11-9f9d-0f3a7f1c2b4d'],
  },
  ({ given }) => ({
    method: 'POST',
    path: `/deliveries/${encodeURIComponent(given.argument(0))}/redeliver`,
    body: {},
  }),
);

/** The delivery log of webhooks. */
export const deliveryCommands = [list, show, redeliver];
