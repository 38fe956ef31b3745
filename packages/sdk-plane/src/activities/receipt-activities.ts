import type { Frame, Hearer } from '@moothall/realtime';
import { activityFrame } from './activity-context.ts';
import { conversationService } from './activity-objects.ts';
import type { ActivityOf } from './activity-of.ts';

/** `acknowledge`: up to where somebody has read a room. Bots do not hear of it, as of most messages (decided). */
export function receiptActivities({ event, facts, audience }: ActivityOf): Frame[] {
  const { personId, messageId, roomType } = event.data as Record<string, string>;
  const actor = facts.people.get(personId!);
  if (!actor) return [];
  const object = (baseUrl: string) => ({
    objectType: 'activity',
    id: messageId,
    url: `${conversationService(baseUrl)}/activities/${messageId}`,
  });
  const mayHear = ({ type }: Hearer) => type !== 'bot' || roomType === 'direct';
  const scopes = ['spark:memberships_read'];
  return [
    activityFrame(event, facts, { verb: 'acknowledge', actor, object }, { ...audience, scopes, mayHear }),
  ];
}
