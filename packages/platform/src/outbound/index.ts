export { createOutbound, type Outbound } from './create-outbound.ts';
export {
  OutboundError,
  type OutboundErrorCode,
  type OutboundExchange,
  type OutboundHead,
  type OutboundPolicy,
  type OutboundRequest,
  type OutboundResponse,
} from './outbound-types.ts';
