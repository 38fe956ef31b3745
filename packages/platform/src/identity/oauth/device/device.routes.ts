import { JsonReply, type Mount } from '@moothall/http';
import type { World } from '../../../world.ts';
import { beginDevice } from './begin-device.ts';
import { answerDevice, showDevice } from './decide-device.ts';
import { authorizeDevice, decideDeviceRequest, getDeviceRequest } from './device.contract.ts';

const UNKEPT = { 'Cache-Control': 'no-store' };

/** Ties the device grant to its operations; the tokens are the token endpoint's. */
export function mountDevice(mount: Mount, world: World): void {
  mount(
    authorizeDevice,
    async ({ body, baseUrl }) => new JsonReply(await beginDevice(world, body, baseUrl), UNKEPT),
  );
  mount(getDeviceRequest, ({ actor, query }) => showDevice(world, actor, query.userCode));
  mount(decideDeviceRequest, async (request) => void (await answerDevice(world, request, request.body)));
}
