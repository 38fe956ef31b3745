import { ApiError, generalErrors } from '@moothall/core';
import type { Mount } from '@moothall/http';
import type { World } from '../../../world.ts';
import { claimsOfActor } from './claims.ts';
import { getUserInfo } from './userinfo.contract.ts';

/** Ties the userinfo endpoint to the claims. */
export function mountUserInfo(mount: Mount, world: World): void {
  for (const operation of getUserInfo) {
    mount(operation, ({ actor }) => {
      if (world.config.behaviour !== 'cloud') throw new ApiError(generalErrors['resource.not_found']);
      return claimsOfActor(actor);
    });
  }
}
