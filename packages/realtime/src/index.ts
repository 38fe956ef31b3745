export { createRealtime } from './create-realtime.ts';
export type { Audience, Frame, Projection } from './frame.ts';
