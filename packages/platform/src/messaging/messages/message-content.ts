import { ApiError } from '@moothall/core';
import type { UploadedFile } from '@moothall/http';
import type { World } from '../../world.ts';
import { type CheckedCard, checkCard } from './card.ts';
import { checkFileUrl } from './files/store-file.ts';
import { messageErrors } from './messages.errors.ts';

/** What a message says, as a request gives it. */
export type ContentRequest = {
  text?: string | null | undefined;
  markdown?: string | null | undefined;
  /** URLs to fetch. */
  files?: string | readonly string[] | null | undefined;
  /** Files that came with the request. */
  uploads?: readonly UploadedFile[];
  attachments?: unknown;
};

/** Content whose form is right; nothing has been fetched or looked up. */
export type CheckedContent = {
  text: string | undefined;
  markdown: string | undefined;
  fileUrl: string | undefined;
  upload: UploadedFile | undefined;
  card: CheckedCard | undefined;
};

const MOST_BYTES_OF_A_UNIT = 3;

function checkSize(world: World, field: string, value: string): void {
  const limit = world.limits.get('message.body');
  if (value.length * MOST_BYTES_OF_A_UNIT <= limit) return;
  const bytes = Buffer.byteLength(value);
  if (bytes <= limit) return;
  const parameters = { field, bytes: String(bytes), limit: String(limit) };
  throw new ApiError(messageErrors['message.too_long'], { parameters });
}

/** Text that says something: white space alone counts as none (decided). */
function saying(world: World, field: string, value: string | null | undefined): string | undefined {
  if (value === undefined || value === null || value.trim() === '') return undefined;
  checkSize(world, field, value);
  return value;
}

function urlsOf(files: ContentRequest['files']): readonly string[] {
  if (files === undefined || files === null) return [];
  return (typeof files === 'string' ? [files] : files).filter((url) => url !== '');
}

/**
 * Checks the words of a message.
 * @throws ApiError `message.too_long`
 */
export function checkWords(
  world: World,
  request: Pick<ContentRequest, 'text' | 'markdown'>,
): Pick<CheckedContent, 'text' | 'markdown'> {
  return {
    text: saying(world, 'text', request.text),
    markdown: saying(world, 'markdown', request.markdown),
  };
}

/**
 * Checks the form of a message's content: sizes, one file, one card, something to say.
 * @throws ApiError 400
 */
export function checkContent(world: World, request: ContentRequest): CheckedContent {
  const words = checkWords(world, request);
  const card = checkCard(world.limits, request.attachments);
  const urls = urlsOf(request.files);
  const uploads = request.uploads ?? [];
  const limit = world.limits.get('message.files');
  if (urls.length + uploads.length > limit)
    throw new ApiError(messageErrors['message.files_limit'], { parameters: { limit: String(limit) } });
  const [fileUrl] = urls;
  const [upload] = uploads;
  const isSilent = words.text === undefined && words.markdown === undefined;
  if (isSilent && card) throw new ApiError(messageErrors['message.card_without_text']);
  if (isSilent && fileUrl === undefined && !upload) throw new ApiError(messageErrors['message.empty']);
  if (fileUrl !== undefined) checkFileUrl(world, fileUrl);
  return { card, fileUrl, upload, ...words };
}
