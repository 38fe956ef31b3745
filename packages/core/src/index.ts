export { type Clock, type ClockState, createWorldClock, type WorldClock } from './clock.ts';
export { parseDurationMs } from './duration.ts';
export {
  ApiError,
  defineErrors,
  type ErrorDefinition,
  type ErrorDetails,
  type ErrorSpec,
  type ErrorTable,
  type RuleSource,
} from './errors.ts';
export { generalErrors } from './general-errors.ts';
export { limitLedger } from './limit-ledger.data.ts';
export type { LimitSpec } from './limit-spec.ts';
export { createLimits, type LimitName, type Limits } from './limits.ts';
export { createIds, type Ids, parseUuid, type RandomBytes, type Uuid, uuidOfBytes } from './uuid.ts';
export {
  decodePairId,
  decodeWireKey,
  decodeWireUuid,
  encodePairId,
  encodeWireId,
  type PairKey,
  type WireType,
} from './wire-id.ts';
