import type { Resource } from '@moothall/platform';
import {
  createDevice,
  deleteDevice,
  deleteDevices,
  getDevice,
  listDevices,
  refreshDevice,
} from './devices.contract.ts';
import { mountDevices } from './devices.routes.ts';

/** Where the official SDK registers before it listens. */
export const devices: Resource = {
  name: 'sdk-devices',
  area: 'sdk',
  operations: [createDevice, listDevices, deleteDevices, getDevice, refreshDevice, deleteDevice],
  routes: mountDevices,
};
