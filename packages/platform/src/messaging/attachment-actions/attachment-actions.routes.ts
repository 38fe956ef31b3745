import type { Mount } from '@moothall/http';
import type { World } from '../../world.ts';
import { createAttachmentAction, getAttachmentAction } from './attachment-actions.contract.ts';
import { presentAction } from './attachment-actions.present.ts';
import { show, submit } from './attachment-actions.service.ts';

/** Ties the operations of attachment actions to their handlers. */
export function mountAttachmentActions(mount: Mount, world: World): void {
  mount(createAttachmentAction, async (request) => presentAction(await submit(world, request, request.body)));
  mount(getAttachmentAction, async (request) => presentAction(await show(world, request, request.params.id)));
}
