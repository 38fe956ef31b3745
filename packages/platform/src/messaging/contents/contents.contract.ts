import { EXPECT_ID, messagingAccess, operation } from '@moothall/contract';
import { decodeWireKey, parseUuid, type Uuid } from '@moothall/core';
import { z } from 'zod';
import { contentErrors } from './contents.errors.ts';

const testedBy = ['packages/platform/src/messaging/contents/contents.test.ts'];

/** Which file of which message; the key of a wire id of type CONTENT is `{message}/{index}` (documented). */
export type ContentKey = { messageId: Uuid; index: number };

const contentId = z.string().transform((text, context): ContentKey => {
  const match = /^([^/]+)\/(\d{1,4})$/.exec(decodeWireKey(['CONTENT'], text) ?? '');
  const messageId = match ? parseUuid(match[1]!) : undefined;
  if (messageId !== undefined) return { messageId, index: Number(match![2]) };
  context.issues.push({ code: 'custom', message: EXPECT_ID, input: text });
  return z.NEVER;
});

const shared = {
  path: '/contents/{contentId}',
  access: messagingAccess('messages_read'),
  params: z.object({ contentId }),
  replies: 'bytes',
  errors: [contentErrors['content.not_found'], contentErrors['content.range']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
} as const;

/** Downloads a file of a message. */
export const getContent = operation({
  ...shared,
  id: 'contents.get',
  method: 'GET',
  summary: 'Download a file',
});

/** Tells name, type and size of a file of a message. */
export const headContent = operation({
  ...shared,
  id: 'contents.head',
  method: 'HEAD',
  summary: 'Look at the headers of a file',
});
