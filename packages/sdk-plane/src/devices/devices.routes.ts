import { parseUuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import {
  listDevices as list,
  refreshDevice as refresh,
  registerDevice,
  removeAllDevices,
  removeDevice,
  showDevice,
  type World,
} from '@moothall/platform';
import {
  createDevice,
  deleteDevice,
  deleteDevices,
  getDevice,
  listDevices,
  refreshDevice,
} from './devices.contract.ts';
import { deviceReply, presentDevice } from './devices.present.ts';

/** What is no UUID names nothing: programs begin anew after 404, and not after 400. */
function idOf({ params }: { params: { deviceId: string } }) {
  return parseUuid(params.deviceId);
}

/** Ties the operations of device registrations to their handlers. */
export function mountDevices(mount: Mount, world: World): void {
  mount(createDevice, async (request) => {
    const { ttl: ttlSeconds, ...told } = request.body;
    return deviceReply(request, await registerDevice(world, request, { ...told, ttlSeconds }));
  });
  mount(listDevices, async (request) => {
    const own = await list(world, request);
    return { devices: own.map((registration) => presentDevice(request.baseUrl, registration)) };
  });
  mount(deleteDevices, async (request) => void (await removeAllDevices(world, request)));
  mount(getDevice, async (request) => deviceReply(request, await showDevice(world, request, idOf(request))));
  mount(refreshDevice, async (request) => {
    const { ttl: ttlSeconds } = request.body;
    return deviceReply(request, await refresh(world, request, idOf(request), { ttlSeconds }));
  });
  mount(deleteDevice, async (request) => void (await removeDevice(world, request, idOf(request))));
}
