import { type Presence, presenceWatchers, type World } from '@moothall/platform';
import type { Frame, Projection } from '@moothall/realtime';
import type { FollowedEvent } from '@moothall/store';
import { eventId } from '../activities/activity-context.ts';
import { presencePart } from './apheleia.present.ts';

function frameOf(world: World, event: FollowedEvent, personIds: readonly string[]): Frame {
  const { personId: subject, ...presence } = event.data as Presence & { personId: string };
  const id = eventId(event);
  const text = JSON.stringify({
    eventType: 'apheleia.subscription_update',
    subject,
    ...presencePart(presence, world.clock.nowMs()),
  });
  return {
    audience: { personIds, scopes: ['spark:people_read'] },
    id,
    trackingId: event.traceId ?? `srv_${id}`,
    render: () => text,
  };
}

/** Changes of presence, for whoever watches. */
export const presenceFrames: Projection = {
  name: 'presence',
  resources: ['presence'],
  async project(world, events) {
    const watchers = await presenceWatchers(world, [...new Set(events.map(({ dataId }) => dataId))]);
    return events.map((event) => {
      const personIds = watchers.get(event.dataId);
      return personIds ? [frameOf(world, event, personIds)] : [];
    });
  },
};
