export {
  type Access,
  adminPageAccess,
  adminReaders,
  adminWriters,
  anyToken,
  type Capacity,
  coversScope,
  type Grant,
  messagingAccess,
  pageAccess,
  type RoleName,
  type Site,
  userAccess,
} from './access.ts';
export type { Actor, PersonType } from './actor.ts';
export {
  EXPECT_ID,
  emailText,
  flag,
  idText,
  listOf,
  pageSize,
  textList,
  timestamp,
  timeText,
  wirePair,
  wireUuid,
} from './codecs.ts';
export { declaredErrors, successStatuses } from './declared.ts';
export { openApiOf } from './openapi.ts';
export {
  type Coverage,
  type Deprecation,
  type Method,
  type Operation,
  type OperationSpec,
  operation,
  type Plane,
  type ResponseKind,
} from './operation.ts';
export type { ResourceContract } from './resource.ts';
