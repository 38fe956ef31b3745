import type { Resource } from '@moothall/platform';
import { getComposition, listCompositions, postEvent, setFeature, subscribe } from './apheleia.contract.ts';
import { apheleiaErrors } from './apheleia.errors.ts';
import { mountApheleia } from './apheleia.routes.ts';

export { presenceFrames } from './apheleia.projection.ts';

/** Presence as the official SDK asks for it and says it. */
export const apheleia: Resource = {
  name: 'sdk-presence',
  area: 'sdk',
  operations: [getComposition, listCompositions, subscribe, postEvent, setFeature],
  errors: apheleiaErrors,
  routes: mountApheleia,
};
