import { emailText, listOf, timeText } from '@moothall/contract';
import { z } from 'zod';
import { labOperation } from '../lab-operation.ts';

/** Lists mails of the outbox, newest first, as their readers see them. */
export const listLabMails = labOperation({
  id: 'lab.mails.list',
  method: 'GET',
  path: '/mails',
  summary: 'List mails of the outbox with their words and links',
  query: z.object({
    /** Only those to this address. */
    to: emailText.optional(),
    max: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: listOf(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      to: z.string(),
      /** Without a mail server every mail waits. */
      state: z.enum(['waiting', 'sent', 'dead']),
      tries: z.int(),
      created: timeText,
      sent: timeText.optional(),
      /** Why the last try failed, or why it cannot be written. */
      reason: z.string().optional(),
      subject: z.string(),
      text: z.string(),
      /** Links that let somebody in are there while the mail waits only. */
      links: z.array(z.string()),
    }),
  ),
  testedBy: ['packages/lab/src/mails/lab-mails.test.ts'],
});
