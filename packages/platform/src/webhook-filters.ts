import { decodeWireUuid, type Uuid, type WireType } from '@moothall/core';
import type { WebhookFilter, WebhookListener } from './resource.ts';
import type { World } from './world.ts';

/** Whether a listener may know of the thing that a filter names. */
export type FilterVisibility = (world: World, id: Uuid, listener: WebhookListener) => Promise<boolean>;

/** A filter on a text of the event's data, such as `roomType`; only the listed values where given. */
export function textFilter(key: string, allowed?: readonly string[]): WebhookFilter {
  return {
    parse: (value) => (value === '' || (allowed && !allowed.includes(value)) ? undefined : value),
    matches: (data, value) => data[key] === value,
  };
}

/** A filter on a text in any case, such as `personEmail`. */
export function emailFilter(key: string): WebhookFilter {
  return {
    parse: (value) => (value.includes('@') ? value.toLowerCase() : undefined),
    matches: (data, value) => String(data[key] ?? '').toLowerCase() === value,
  };
}

/** A filter on what `read` finds in the event's data: `true` or `false` in any case. */
export function flagFilter(read: (data: Record<string, unknown>) => boolean): WebhookFilter {
  return {
    parse(value) {
      const lower = value.toLowerCase();
      return lower === 'true' || lower === 'false' ? lower : undefined;
    },
    matches: (data, value) => String(read(data)) === value,
  };
}

/**
 * A filter on an id of the event's data, given in wire form or as a bare UUID.
 * @param isVisible asked when the webhook is made; without it any id is taken
 */
export function idFilter(
  key: string,
  types: readonly WireType[],
  isVisible?: FilterVisibility,
): WebhookFilter {
  return {
    async parse(value, listener, world) {
      const id = decodeWireUuid(types, value);
      if (id === undefined) return undefined;
      return !isVisible || (await isVisible(world, id, listener)) ? id : undefined;
    },
    matches: (data, value) => data[key] === value,
  };
}

/** A filter on a list of people, such as `mentionedPeople`: ids with commas between, or `me`; one of them is enough. */
export function peopleFilter(key: string): WebhookFilter {
  return {
    parse(value, { personId }) {
      const ids = value
        .split(',')
        .map((part) => (part === 'me' ? personId : decodeWireUuid(['PEOPLE'], part)));
      return ids.includes(undefined) ? undefined : ids.join(',');
    },
    matches(data, value) {
      const held = data[key];
      return Array.isArray(held) && value.split(',').some((id) => held.includes(id));
    },
  };
}
