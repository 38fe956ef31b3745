import { resource } from '../../resource.ts';
import { expiryQueue, expiryUpkeepQueue } from './expire.ts';
import { registrationErrors } from './registrations.errors.ts';
import { endRegistrations } from './registrations.service.ts';
import { registrationMigrations } from './registrations.table.ts';

export {
  type DeviceRequest,
  findRegistration,
  listDevices,
  refreshDevice,
  registerDevice,
  removeAllDevices,
  removeDevice,
  showDevice,
} from './registrations.service.ts';
export type { Registration } from './registrations.store.ts';

/** Places where people listen with the official SDK; sdk-plane has their operations. */
export const registrations = resource({
  name: 'registrations',
  area: 'sdk',
  operations: [],
  errors: registrationErrors,
  migrations: registrationMigrations,
  queues: (world) => [expiryQueue(world), expiryUpkeepQueue(world)],
  personDeleted: async (_world, tx, personId, cause) => void (await endRegistrations(tx, personId, cause)),
  personDeactivated: async (_world, tx, personId, cause) =>
    void (await endRegistrations(tx, personId, cause)),
});
