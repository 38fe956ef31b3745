import type { Mount } from '@moothall/http';
import { resource } from '../../resource.ts';
import type { World } from '../../world.ts';
import { getProfile, updateProfile } from './profile.contract.ts';
import { profileErrors } from './profile.errors.ts';
import { changeOwnProfile, findOwnProfile, presentProfile } from './profile.service.ts';

function mountProfile(mount: Mount, world: World): void {
  mount(getProfile, async (request) => presentProfile(await findOwnProfile(world, request)));
  mount(updateProfile, async (request) =>
    presentProfile(await changeOwnProfile(world, request, request.body)),
  );
}

/** One's own profile. */
export const ownProfile = resource({
  name: 'own-profile',
  area: 'identity',
  operations: [getProfile, updateProfile],
  routes: mountProfile,
  errors: profileErrors,
});
