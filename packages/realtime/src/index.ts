export type { Audience, Frame, Projection } from './frame.ts';
