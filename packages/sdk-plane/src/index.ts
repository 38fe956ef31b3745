import type { Resource } from '@moothall/platform';
import { projections } from './projections.ts';

/** The internal services of the official SDK: one line each, in the order in which a client meets them. */
export const sdkPlane: readonly Resource[] = [];

export { projections };
