import { createHash } from 'node:crypto';
import { JsonReply } from '@moothall/http';
import type { Registration } from '@moothall/platform';
import type { z } from 'zod';
import { socketBaseOf } from '../catalog/service-links.ts';
import type { device } from './devices.contract.ts';

/** What of a registration its address is made of. */
type Addressed = Pick<Registration, 'id'>;

/** Nobody has a toggle of their own: what the SDK may do is the same for all. */
const features = { developer: [], entitlement: [], user: [] };

/** The SDK compares it to know whether its features are still the same. */
const ETAG = `"${createHash('sha256').update(JSON.stringify(features)).digest('hex').slice(0, 16)}"`;

/** Address of a registration: what programs name themselves by in other services. */
function deviceUrlOf(baseUrl: string, { id }: Addressed): string {
  return `${baseUrl}/wdm/api/v1/devices/${id}`;
}

function socketUrlOf(baseUrl: string, { id }: Addressed): string {
  return `${socketBaseOf(baseUrl)}/mercury/v1/apps/wx2/registrations/${id}/messages`;
}

/** A registration in wire form, under the base by which the caller came. */
export function presentDevice(baseUrl: string, registration: Registration): z.input<typeof device> {
  const { name, deviceType, model, localizedModel, systemName, systemVersion } = registration;
  return {
    url: deviceUrlOf(baseUrl, registration),
    webSocketUrl: socketUrlOf(baseUrl, registration),
    userId: registration.personId,
    orgId: registration.orgId,
    deviceType,
    name,
    model,
    localizedModel,
    systemName,
    systemVersion,
    creationTime: registration.created.toISOString(),
    modificationTime: registration.modified.toISOString(),
    isDeviceManaged: false,
    services: {},
    intranetInactivityDuration: 0,
    inNetworkInactivityDuration: 0,
    intranetInactivityCheckUrl: '',
    clientMessagingGiphy: 'ALLOW',
    ecmEnabledForAllUsers: false,
    ecmSupportedStorageProviders: [],
    peopleInsightsEnabled: false,
    webFileShareControl: 'NONE',
    whiteboardFileShareControl: 'ALLOW',
    features,
  };
}

/** The reply about one registration, with the ETag of its features. */
export function deviceReply(
  { baseUrl }: { baseUrl: string },
  registration: Registration,
): JsonReply<z.input<typeof device>> {
  return new JsonReply(presentDevice(baseUrl, registration), { ETag: ETAG });
}
