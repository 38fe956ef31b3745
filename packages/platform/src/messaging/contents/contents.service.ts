import { ApiError } from '@moothall/core';
import type { RequestContext } from '@moothall/http';
import type { World } from '../../world.ts';
import { accessMessage, type MessageFile, readMessage } from '../messages/index.ts';
import type { ContentKey } from './contents.contract.ts';
import { contentErrors } from './contents.errors.ts';

const readContent = { ...readMessage, name: 'contents.read', unrelated: contentErrors['content.not_found'] };

/**
 * A file of a message that the caller may read; of a deleted message for compliance officers only.
 * @throws ApiError `content.not_found`
 */
export async function accessContent(
  world: World,
  request: RequestContext,
  { messageId, index }: ContentKey,
): Promise<MessageFile> {
  const { message } = await accessMessage(world, request, messageId, readContent);
  const file = message.files?.[index];
  if (!file) throw new ApiError(contentErrors['content.not_found']);
  return file;
}
