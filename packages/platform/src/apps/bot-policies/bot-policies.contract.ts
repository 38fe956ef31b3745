import {
  adminPageAccess,
  adminReaders,
  idText,
  listOf,
  operation,
  pageSize,
  timeText,
  wireUuid,
} from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { botPolicyErrors } from './bot-policies.errors.ts';

const onHub = {
  base: '/hub/api',
  plane: 'page',
  source: 'documented',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/apps/bot-policies/bot-policies.test.ts'],
  },
} as const;

/** Which bots an organisation lets into spaces. */
const policy = z.strictObject({
  mode: z.enum(['all', 'listed']),
  botIds: z.array(idText),
  version: z.string(),
});

const bot = z.strictObject({
  id: z.uuid(),
  personId: idText,
  name: z.string(),
  email: z.string(),
  iconUrl: z.string().optional(),
  iconName: z.string(),
  clientId: z.string(),
  /** Whether the organisation owns it. */
  own: z.boolean(),
  owner: z.strictObject({ email: z.string(), displayName: z.string(), active: z.boolean() }).optional(),
  /** Spaces of the organisation that it is in. */
  rooms: z.int(),
  lastActivity: timeText.optional(),
  /** Whether people of the organisation can add it. */
  allowed: z.boolean(),
});

/** Lists the bots that an organisation owns, lists, or has in its spaces. */
export const listBots = operation({
  ...onHub,
  id: 'hub.bots.list',
  method: 'GET',
  path: '/bots',
  summary: 'List bots of the organisation and its spaces',
  access: adminPageAccess('hub', adminReaders),
  query: z.object({
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(bot).extend({ policy }),
});

/** Says which bots people of the organisation can add to spaces. Bots that are in one stay. */
export const changeBotPolicy = operation({
  ...onHub,
  id: 'hub.bots.changePolicy',
  method: 'PUT',
  path: '/bots/policy',
  summary: 'Choose which bots can be added',
  access: adminPageAccess('hub'),
  body: z.object({
    mode: z.enum(['all', 'listed']),
    botIds: z.array(wireUuid('PEOPLE')).max(1000).default([]),
    version: z.string().regex(/^\d{1,9}$/, 'expected the version that was read'),
  }),
  response: policy,
  errors: [botPolicyErrors['bot.policy_changed_meanwhile'], botPolicyErrors['bot.unknown']],
});
