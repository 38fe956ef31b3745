/** Talks over the encrypted conversation service, and looks who is there. OTHER_ID is a person's wire id. */
import { print, start } from './sdk.mjs';

const webex = await start();
const { conversation, encryption, mercury, presence } = webex.internal;
await mercury.connect();
print('connected');

const [key] = await encryption.kms.createUnboundKeys({ count: 1 });
const again = await encryption.kms.fetchKey({ uri: key.uri });
print('key', { uri: key.uri, same: JSON.stringify(again.jwk) === JSON.stringify(key.jwk) });

const other = Buffer.from(process.env.OTHER_ID, 'base64').toString().split('/').at(-1);
const room = await conversation.create(
  { displayName: 'Over the SDK', participants: [webex.internal.device.userId, other] },
  { forceGrouped: true },
);
print('created', {
  id: room.id,
  displayName: room.displayName,
  hasKey: Boolean(room.defaultActivityEncryptionKeyUrl),
});
const activity = await conversation.post(room, { displayName: 'a word in private', objectType: 'comment' });
print('posted', { id: activity.id, verb: activity.verb });
const fetched = await conversation.get({ url: room.url }, { activitiesLimit: 10, includeParticipants: true });
print('fetched', {
  displayName: fetched.displayName,
  texts: fetched.activities.items
    .filter((item) => item.verb === 'post')
    .map((item) => item.object.displayName),
  participants: fetched.participants.items.length,
});
const listed = await conversation.list({ conversationsLimit: 10 });
print('listed', { ids: listed.map((item) => item.id) });
await conversation.acknowledge(room, activity);
print('acknowledged');
const secret = await conversation.post(room, { displayName: 'a slip', objectType: 'comment' });
await conversation.delete(room, secret);
print('deleted');
const answer = await conversation.post(
  room,
  { displayName: 'bold', content: '<b>bold</b>', objectType: 'comment' },
  { parent: { id: activity.id, type: 'reply' } },
);
print('answered', { id: answer.id });
const seen = await presence.get(webex.internal.device.userId);
print('presence', { subject: seen.subject, status: seen.status });
await mercury.disconnect();
process.exit(0);
