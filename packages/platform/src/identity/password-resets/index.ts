import type { Mount } from '@moothall/http';
import { resource } from '../../resource.ts';
import type { World } from '../../world.ts';
import { requestPasswordReset } from './password-resets.contract.ts';
import { askForPasswordReset, passwordResetQueue } from './password-resets.service.ts';

const MESSAGE = 'If somebody has this address, a mail with a link to a new password is on its way.';

function mountPasswordResets(mount: Mount, world: World): void {
  mount(requestPasswordReset, async ({ body, remoteAddress, trace }) => {
    await askForPasswordReset(world, { email: body.email, remoteAddress }, trace.trackingId);
    return { message: MESSAGE };
  });
}

/** Links to a new password for those who forgot theirs. */
export const passwordResets = resource({
  name: 'password-resets',
  area: 'identity',
  operations: [requestPasswordReset],
  routes: mountPasswordResets,
  queues: (world) => [passwordResetQueue(world)],
});
