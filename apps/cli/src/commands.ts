import type { Command } from './command.ts';
import { backup } from './commands/backup.ts';
import { clockCommands } from './commands/clock.ts';
import { consent } from './commands/consent.ts';
import { deliveryCommands } from './commands/deliveries.ts';
import { doctor } from './commands/doctor.ts';
import { faultCommands } from './commands/fault.ts';
import { incomingWebhookCreate } from './commands/incoming-webhook.ts';
import { listen } from './commands/listen.ts';
import { logsTail } from './commands/logs-tail.ts';
import { notBuiltCommands } from './commands/not-built.ts';
import { orgCreate } from './commands/org-create.ts';
import { restore } from './commands/restore.ts';
import { snapshotCommands } from './commands/snapshot.ts';
import { tokenMint } from './commands/token-mint.ts';
import { trigger } from './commands/trigger.ts';
import { trust } from './commands/trust.ts';
import { why } from './commands/why.ts';

/** Every verb of `moot`, in the order of the help. Whatever lists commands iterates this. */
export const commands: readonly Command[] = [
  tokenMint,
  consent,
  ...clockCommands,
  ...faultCommands,
  ...snapshotCommands,
  why,
  listen,
  trigger,
  logsTail,
  ...deliveryCommands,
  incomingWebhookCreate,
  doctor,
  orgCreate,
  backup,
  restore,
  trust,
  ...notBuiltCommands,
];

/** What a first word with several verbs is about. */
export const groups: Readonly<Record<string, string>> = {
  token: 'Access tokens',
  clock: "The world's clock",
  fault: 'Faults of requests and webhooks',
  snapshot: 'Saved worlds',
  logs: 'What the server answers',
  deliveries: 'Webhook deliveries',
  'incoming-webhook': 'URLs that post into rooms',
  org: 'Organisations',
};
