import type { WebhookSource, World } from '@moothall/platform';
import type { Frame, Projection } from '@moothall/realtime';
import type { FollowedEvent } from '@moothall/store';
import { type ActivityFacts, activityFacts } from './activity-facts.ts';
import type { ActivityOf } from './activity-of.ts';
import { cardActivities } from './card-activities.ts';
import { membershipActivities } from './membership-activities.ts';
import { messageActivities } from './message-activities.ts';
import { receiptActivities } from './receipt-activities.ts';
import { roomActivities } from './room-activities.ts';

const kinds: Record<string, (source: ActivityOf) => Frame[]> = {
  messages: messageActivities,
  rooms: roomActivities,
  memberships: membershipActivities,
  attachmentActions: cardActivities,
  readReceipts: receiptActivities,
};

/** Whoever a webhook would tell: both are views of one event. */
function audienceOf(event: FollowedEvent, source: WebhookSource | undefined): ActivityOf['audience'] {
  const also = source?.alsoHeardBy?.(event);
  return {
    roomId: event.roomId!,
    ...(also && { also }),
    ...(source?.mayHear && { mayHear: (hearer) => source.mayHear!(event, hearer) }),
    ...(source && { scopes: source.readScopes }),
  };
}

function framesOf(world: World, batch: readonly FollowedEvent[], facts: ActivityFacts): Frame[][] {
  const sources = new Map(world.resources.map(({ webhook }) => [webhook?.resource, webhook]));
  return batch.map((event) => {
    if (event.roomId === null) return [];
    const audience = audienceOf(event, sources.get(event.resource));
    return kinds[event.resource]!({ event, facts, audience, batch });
  });
}

/** What happens in rooms, as the activities that SDKs listen to. */
export const activityFrames: Projection = {
  name: 'activities',
  resources: Object.keys(kinds),
  project(world, events) {
    const facts = activityFacts(world, events);
    if (facts instanceof Promise) return facts.then((found) => framesOf(world, events, found));
    return framesOf(world, events, facts);
  },
};
