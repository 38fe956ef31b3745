import type { Readable } from 'node:stream';
import { ApiError, type Uuid } from '@moothall/core';
import { RawReply, type UploadedFile } from '@moothall/http';
import { fileTypeFromBuffer } from 'file-type';
import type { World } from '../../world.ts';
import { accessApp, accessLockedApp, type Caller, changeAppAction } from './access-app.ts';
import { appErrors } from './apps.errors.ts';
import { findApp, type ShownApp, updateApp } from './apps.store.ts';
import { kindWords, reportApp } from './audit-app.ts';
import { imageSizeOf } from './image-size.ts';

const DAY_SECONDS = 86_400;

function refused(reason: string): ApiError {
  return new ApiError(appErrors['app.icon_refused'], { parameters: { reason } });
}

async function readAll(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function imageTypeOf(bytes: Buffer): Promise<'image/png' | 'image/jpeg'> {
  const mime = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  if (mime === 'image/png' || mime === 'image/jpeg') return mime;
  throw refused('send a PNG or JPEG.');
}

/** What a file is, by its bytes alone. @throws ApiError `app.icon_refused` */
async function checkedIcon(
  world: World,
  files: readonly UploadedFile[],
): Promise<[hash: string, mime: string]> {
  const [file, ...more] = files;
  if (!file || more.length > 0) throw refused('send one file.');
  const [maxBytes, maxEdge] = [world.limits.get('app.icon_size'), world.limits.get('app.icon_edge')];
  if (file.sizeBytes > maxBytes) throw refused(`send at most ${maxBytes} bytes.`);
  const bytes = await readAll(await world.blobs.open(file.hash));
  const mime = await imageTypeOf(bytes);
  const size = imageSizeOf(bytes, mime);
  if (!size || Math.min(size.width, size.height) < 1)
    throw refused('the image cannot be read; save it anew.');
  if (Math.max(size.width, size.height) > maxEdge)
    throw refused(
      `it is ${size.width} by ${size.height} pixels; at most ${maxEdge} by ${maxEdge} are taken.`,
    );
  return [file.hash, mime];
}

/**
 * Takes an uploaded image as an app's icon.
 * @throws ApiError `app.not_found`; `app.icon_refused` for what is no PNG or JPEG of at most 512 by 512 pixels
 */
export async function setIcon(
  world: World,
  caller: Caller,
  id: Uuid,
  files: readonly UploadedFile[],
): Promise<ShownApp> {
  await accessApp(world.store.db, caller, id, changeAppAction);
  const [icon_hash, icon_type] = await checkedIcon(world, files);
  return world.store.tx(async (tx) => {
    const app = await accessLockedApp(tx.db, caller, id, changeAppAction);
    await updateApp(tx.db, id, { icon_hash, icon_type, last_modified: world.clock.now() });
    const what = `changed the icon of the ${kindWords[app.kind]} ${app.name}`;
    reportApp(tx, caller, app, { event: 'updated', category: 'APP_UPDATED', what });
    return (await findApp(tx.db, id))!;
  });
}

/** The bytes of an uploaded icon. @throws ApiError `app.no_icon` */
export async function serveIcon(world: World, id: Uuid): Promise<RawReply> {
  const app = await findApp(world.store.db, id);
  if (!app || app.icon_hash === null || app.icon_type === null) throw new ApiError(appErrors['app.no_icon']);
  const headers = {
    'Content-Type': app.icon_type,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': `public, max-age=${DAY_SECONDS}`,
  };
  return new RawReply(200, headers, await world.blobs.open(app.icon_hash));
}
