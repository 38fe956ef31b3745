import { adminPageAccess, listOf, operation, pageSize, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { app, shownSecret } from '../apps/app.contract.ts';
import { appType } from '../apps/app-fields.contract.ts';
import { appErrors } from '../apps/apps.errors.ts';
import { transferErrors } from './app-transfer.errors.ts';

const onHub = {
  base: '/hub/api',
  plane: 'page',
  source: 'documented',
  access: adminPageAccess('hub'),
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/apps/app-transfer/app-transfer.test.ts'],
  },
} as const;

const text = z.string().trim().max(512).optional();

/** Lists apps of the administrator's organisation, those without an active owner first. */
export const listTransferableApps = operation({
  ...onHub,
  id: 'hub.appTransfer.list',
  method: 'GET',
  path: '/app-transfer/apps',
  summary: 'List apps that may be given to another owner',
  query: z.object({
    ownerEmail: text,
    personId: wireUuid('PEOPLE').optional(),
    /** Id of an app, in either form. */
    id: text,
    clientId: text,
    /** Part of the name. */
    name: text,
    type: appType.optional(),
    state: z.literal('orphaned').optional(),
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(app.extend({ orphaned: z.boolean() })),
});

/** Gives an app to another person of the organisation; its token or secret stays unless it is made anew. */
export const transferApp = operation({
  ...onHub,
  id: 'hub.appTransfer.transfer',
  method: 'POST',
  path: '/app-transfer/apps/{id}',
  summary: 'Give an app to another owner',
  params: z.object({ id: wireUuid() }),
  body: z.object({
    toPersonId: wireUuid('PEOPLE'),
    /** Make the token or secret anew: the old owner may know it. */
    rotate: z.boolean().default(false),
  }),
  response: z.strictObject({ app, secret: shownSecret.optional() }),
  errors: [
    appErrors['app.not_found'],
    appErrors['app.no_secret'],
    transferErrors['transfer.target_refused'],
    transferErrors['transfer.same_owner'],
  ],
});
