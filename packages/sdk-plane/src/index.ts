import type { Resource } from '@moothall/platform';
import { catalog } from './catalog/index.ts';
import { projections } from './projections.ts';
import { region } from './region/index.ts';

/** The internal services of the official SDK: one line each, in the order in which a client meets them. */
export const sdkPlane: readonly Resource[] = [catalog, region];

export { projections };
