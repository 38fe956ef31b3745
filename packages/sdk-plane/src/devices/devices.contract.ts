import { operation, timeText, userAccess } from '@moothall/contract';
import { registrationErrors } from '@moothall/platform/contracts';
import { z } from 'zod';

const common = {
  base: '/wdm/api/v1',
  // No scope is asked for: whoever may call at all may listen, and hears no more than they may read.
  access: userAccess(),
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/devices/devices.test.ts'] },
} as const;

const params = z.object({ deviceId: z.string() });

/** Life without a refresh, in seconds; longer ones than the usual are cut to it. */
const ttl = z.number('expected a number of seconds').min(1, 'expected at least 1 second').optional();

const feature = z.looseObject({ key: z.string(), val: z.string() });

/** A registration as the SDK keeps it. */
export const device = z.strictObject({
  url: z.string(),
  webSocketUrl: z.string(),
  /** A bare UUID. */
  userId: z.string(),
  /** A bare UUID. */
  orgId: z.string(),
  deviceType: z.string(),
  name: z.string(),
  model: z.string(),
  localizedModel: z.string(),
  systemName: z.string(),
  systemVersion: z.string(),
  creationTime: timeText,
  modificationTime: timeText,
  isDeviceManaged: z.boolean(),
  services: z.strictObject({}),
  intranetInactivityDuration: z.int(),
  inNetworkInactivityDuration: z.int(),
  /** Empty, or the SDK would ask it. */
  intranetInactivityCheckUrl: z.string(),
  clientMessagingGiphy: z.string(),
  ecmEnabledForAllUsers: z.boolean(),
  ecmSupportedStorageProviders: z.array(z.string()),
  peopleInsightsEnabled: z.boolean(),
  webFileShareControl: z.string(),
  whiteboardFileShareControl: z.string(),
  features: z.strictObject({
    developer: z.array(feature),
    entitlement: z.array(feature),
    user: z.array(feature),
  }),
});

/** Registers a place where the caller listens. */
export const createDevice = operation({
  ...common,
  id: 'sdk.devices.create',
  method: 'POST',
  path: '/devices',
  summary: 'Register a device',
  body: z.looseObject({
    name: z.string().optional(),
    deviceType: z.string().optional(),
    model: z.string().optional(),
    localizedModel: z.string().optional(),
    systemName: z.string().optional(),
    systemVersion: z.string().optional(),
    ttl,
  }),
  response: device,
  errors: [registrationErrors['registration.too_many']],
});

/** Lists the caller's registrations, oldest first. */
export const listDevices = operation({
  ...common,
  id: 'sdk.devices.list',
  method: 'GET',
  path: '/devices',
  summary: 'List my devices',
  response: z.strictObject({ devices: z.array(device) }),
});

/** Ends all registrations of the caller. */
export const deleteDevices = operation({
  ...common,
  id: 'sdk.devices.deleteAll',
  method: 'DELETE',
  path: '/devices',
  summary: 'Unregister all my devices',
});

/** Shows a registration of the caller. */
export const getDevice = operation({
  ...common,
  id: 'sdk.devices.get',
  method: 'GET',
  path: '/devices/{deviceId}',
  summary: 'Get a device',
  params,
  response: device,
  errors: [registrationErrors['registration.not_found']],
});

/** Begins the life of a registration anew; programs send all that they know of it, and `ttl` counts. */
export const refreshDevice = operation({
  ...common,
  id: 'sdk.devices.refresh',
  method: 'PUT',
  path: '/devices/{deviceId}',
  summary: 'Refresh a device',
  params,
  body: z.looseObject({ ttl }),
  response: device,
  errors: [registrationErrors['registration.not_found']],
});

/** Ends a registration of the caller. */
export const deleteDevice = operation({
  ...common,
  id: 'sdk.devices.delete',
  method: 'DELETE',
  path: '/devices/{deviceId}',
  summary: 'Unregister a device',
  params,
  errors: [registrationErrors['registration.not_found']],
});
