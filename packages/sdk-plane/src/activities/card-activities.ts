import type { Frame, Hearer } from '@moothall/realtime';
import { activityFrame, actorOf } from './activity-context.ts';
import type { ActivityOf } from './activity-of.ts';

/**
 * `cardAction`, under the id of the action. What was submitted is for who submitted it and for the card's author, as
 * over REST; everybody else hears that something was.
 */
export function cardActivities({ event, facts, audience }: ActivityOf): Frame[] {
  const actor = actorOf(event, facts);
  const inputs = facts.inputs.get(event.dataId);
  if (!actor || !inputs) return [];
  const { personId, cardAuthorId, messageId } = event.data as Record<string, string>;
  const knowing = [personId, cardAuthorId];
  const told = (object: { objectType: string; inputs?: object }) => ({
    id: event.dataId,
    verb: 'cardAction',
    actor,
    object: () => object,
    parent: { id: messageId!, type: 'cardAction' },
  });
  const split = (isKnowing: boolean) => ({
    ...audience,
    mayHear: (hearer: Hearer) =>
      knowing.includes(hearer.personId) === isKnowing && (audience.mayHear?.(hearer) ?? true),
  });
  return [
    activityFrame(event, facts, told({ objectType: 'submit', inputs }), split(true)),
    activityFrame(event, facts, told({ objectType: 'submit' }), split(false)),
  ];
}
