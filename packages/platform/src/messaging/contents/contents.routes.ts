import type { Mount } from '@moothall/http';
import type { World } from '../../world.ts';
import { getReply, headReply } from './content-reply.ts';
import { getContent, headContent } from './contents.contract.ts';
import { accessContent } from './contents.service.ts';

/** Ties the operations of contents to their handlers. */
export function mountContents(mount: Mount, world: World): void {
  mount(getContent, async (request) => {
    const file = await accessContent(world, request, request.params.contentId);
    return getReply(world, file, request.headers);
  });
  mount(headContent, async (request) =>
    headReply(await accessContent(world, request, request.params.contentId)),
  );
}
