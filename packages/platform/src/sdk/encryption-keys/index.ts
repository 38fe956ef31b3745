import { resource } from '../../resource.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import { encryptionKeyMigrations } from './encryption-keys.table.ts';
import { channelUpkeepQueue } from './upkeep.ts';

export { decryptContent, encryptContent } from './content-cipher.ts';
export { bindKey, type ContentKey, createKeys, findKey } from './content-keys.ts';
export {
  createResource,
  type KeyAuthorization,
  type KeyResource,
  listAuthorizations,
  showResource,
} from './key-resources.ts';
export { kmsCluster } from './key-uris.ts';
export { kmsCertificate } from './kms-identity.ts';
export { handleKmsMessage, type KmsReply, takeKmsMessages } from './kms-messages.ts';
export type { KmsBody } from './kms-operations.ts';
export type { KmsMessageText } from './open-kms-message.ts';
export type { KeyCause, Planned } from './planned.ts';
export {
  adoptRoomKey,
  changeRoomKey,
  ensureRoomKey,
  keyOfRoom,
  keysOfRooms,
  type RoomKey,
} from './room-keys.ts';

/** Keys that encrypt content, kept by the operator; sdk-plane has the operations of the key service. */
export const encryptionKeys = resource({
  name: 'encryption-keys',
  area: 'sdk',
  operations: [],
  errors: encryptionKeyErrors,
  migrations: encryptionKeyMigrations,
  queues: (world) => [channelUpkeepQueue(world)],
});
