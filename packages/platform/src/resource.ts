import type { ResourceOf, WebhookFilterOf, WebhookSourceOf } from './resource-types.ts';
import type { World } from './world.ts';

export type { WebhookListener } from './resource-types.ts';

/** A filter of webhooks of this product's worlds. */
export type WebhookFilter = WebhookFilterOf<World>;

/** How the events of a resource become webhooks. */
export type WebhookSource = WebhookSourceOf<World>;

/** A slice as the platform sees it: one folder, one line in the registry. */
export type Resource = ResourceOf<World>;

/** Declares a slice. */
export function resource(definition: Resource): Resource {
  return definition;
}
