import { operation, timeText, userAccess, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { presenceErrors, presenceStatuses } from '@moothall/platform/contracts';
import { z } from 'zod';
import { apheleiaErrors } from './apheleia.errors.ts';

const common = {
  base: '/apheleia/api/v1',
  access: userAccess('spark:people_read'),
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/apheleia/apheleia.test.ts'] },
} as const;

/** Presence of somebody as the caller sees it. */
export const composition = z.strictObject({
  url: z.string(),
  /** As the caller named them. */
  subject: z.string(),
  /** `unknown` where there is nothing for the caller to see. */
  status: z.enum([...presenceStatuses, 'pending', 'unknown']),
  label: z.string().optional(),
  /** When that status began. */
  statusTime: timeText.optional(),
  lastActive: timeText.optional(),
  /** When it ends by what they said. */
  expires: timeText.optional(),
  /** Seconds until then. */
  expiresTTL: z.int().optional(),
});

const subjects = z.array(z.string().max(200)).max(limitLedger['presence.subjects_per_request'].value);
const ttl = z.number('expected a number of seconds');

/** Shows somebody's presence. */
export const getComposition = operation({
  ...common,
  id: 'sdk.presence.get',
  method: 'GET',
  path: '/compositions',
  summary: 'Get the presence of a person',
  query: z.object({ userId: z.string().max(200) }),
  response: composition,
});

/** Shows the presence of many. */
export const listCompositions = operation({
  ...common,
  id: 'sdk.presence.list',
  method: 'POST',
  path: '/compositions',
  summary: 'Get the presence of people',
  body: z.looseObject({ subjects }),
  response: z.strictObject({ statusList: z.array(composition) }),
});

/** Has the caller told of people's presence by their sockets. */
export const subscribe = operation({
  ...common,
  id: 'sdk.presence.subscribe',
  method: 'POST',
  path: '/subscriptions',
  summary: 'Watch the presence of people',
  body: z.looseObject({
    subjects,
    /** 0 ends it. */
    subscriptionTtl: ttl.min(0, 'expected 0 or more seconds').optional(),
    includeStatus: z.boolean().optional(),
  }),
  response: z.strictObject({
    responses: z.array(
      z.strictObject({
        url: z.string(),
        subject: z.string(),
        responseCode: z.int(),
        subscriptionTtl: z.number(),
        status: composition,
      }),
    ),
  }),
  errors: [presenceErrors['presence.too_many_subscriptions']],
});

/** Says what the caller's presence is. */
export const postEvent = operation({
  ...common,
  access: userAccess('spark:people_write'),
  id: 'sdk.presence.set',
  method: 'POST',
  path: '/events',
  summary: 'Set my presence',
  body: z.looseObject({
    subject: z.string().max(200),
    eventType: z.enum(presenceStatuses),
    label: z.string().max(limitLedger['presence.label'].value).optional(),
    /** 0 ends it; -1 holds until something else is said. */
    ttl: ttl.min(-1, 'expected -1 or more seconds').optional(),
  }),
  response: composition,
  errors: [presenceErrors['presence.not_own']],
});

/** A toggle of a person; `user-presence-enabled` is the one that there is. */
export const setFeature = operation({
  ...common,
  base: '/feature/api/v1',
  access: userAccess('spark:people_write'),
  id: 'sdk.features.set',
  method: 'POST',
  path: '/features/users/{userId}/user',
  summary: 'Set a toggle of mine',
  params: z.object({ userId: wireUuid('PEOPLE') }),
  body: z.looseObject({ key: z.string(), val: z.union([z.boolean(), z.enum(['true', 'false'])]) }),
  response: z.strictObject({
    key: z.string(),
    val: z.string(),
    value: z.boolean(),
    type: z.literal('USER'),
    mutable: z.literal(true),
    lastModified: timeText,
  }),
  errors: [presenceErrors['presence.not_own'], apheleiaErrors['feature.not_built']],
});
