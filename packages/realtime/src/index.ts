export { createRealtime } from './create-realtime.ts';
export type { Audience, Frame, Hearer, Projection, RoomAudience } from './frame.ts';
