import { ApiError } from '@moothall/core';
import { JsonReply, type Mount } from '@moothall/http';
import { kmsCertificate, kmsCluster, takeKmsMessages, type World } from '@moothall/platform';
import { encryptionKeyErrors } from '@moothall/platform/contracts';
import { getKms, postKmsMessages } from './kms.contract.ts';

/** Ties the key service to its addresses. */
export function mountKms(mount: Mount, world: World): void {
  mount(getKms, async ({ actor, params }) => {
    if (params.userId !== actor.personId) throw new ApiError(encryptionKeyErrors['kms.person_not_found']);
    return { kmsCluster, rsaPublicKey: JSON.stringify(await kmsCertificate(world)) };
  });
  mount(postKmsMessages, async (request) => {
    await takeKmsMessages(world, request, request.body.kmsMessages);
    return new JsonReply({}, {}, 202);
  });
}
