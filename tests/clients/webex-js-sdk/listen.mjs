/** Listens to all that the SDK offers, prints what it hears, and ends by SIGTERM. */
import { print, start } from './sdk.mjs';

const offered = {
  messages: ['created', 'updated', 'deleted'],
  rooms: ['created', 'updated'],
  memberships: ['created', 'updated', 'deleted', 'seen'],
  attachmentActions: ['created'],
};

let isLeaving = false;
process.on('unhandledRejection', (reason) => {
  // A ping that falls due while the SDK closes its socket is rejected, and nobody in it looks.
  if (!isLeaving) print('unhandledRejection', { reason: String(reason) });
});

const webex = await start();
const { mercury } = webex.internal;
mercury.on('online', () => print('online'));
mercury.on('offline', ({ code, reason }) => print('offline', { code, reason }));
mercury.on('sequence-mismatch', (actual, expected) => print('sequence-mismatch', { actual, expected }));
// What the four plugins say comes after a REST call of each; this is the order in which the socket told it.
mercury.on('event:conversation.activity', ({ data: { activity } }) =>
  print('activity', { id: activity.id, verb: activity.verb }),
);
for (const [resource, events] of Object.entries(offered)) {
  for (const event of events)
    webex[resource].on(event, ({ id, actorId, data }) =>
      print(`${resource}:${event}`, { id, actorId, data }),
    );
  await webex[resource].listen();
}
print('listening', { url: webex.internal.device.url });
async function leave() {
  isLeaving = true;
  await mercury.disconnect();
  await webex.internal.device.unregister();
  process.exit(0);
}
process.once('SIGTERM', () => void leave());
