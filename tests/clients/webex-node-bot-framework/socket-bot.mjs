/** A bot without an address of its own: the framework listens on a socket.
 *  Environment: HYDRA_SERVICE_URL and U2C_SERVICE_URL (read by the SDK inside), TOKEN. */
import Framework from 'webex-node-bot-framework';

function print(step, facts = {}) {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}

process.on('unhandledRejection', (reason) => print('unhandledRejection', { reason: String(reason) }));

const framework = new Framework({ token: process.env.TOKEN, removeDeviceRegistrationsOnStart: true });
framework.on('initialized', () => print('initialized', { bots: framework.bots.length }));
framework.on('spawn', (bot, _id, addedBy) => print('spawn', { title: bot.room.title, addedBy }));
framework.on('despawn', (bot) => print('despawn', { roomId: bot.room.id }));
framework.on('memberEnters', (_bot, { personEmail }) => print('memberEnters', { personEmail }));
framework.on('memberExits', (_bot, { personEmail }) => print('memberExits', { personEmail }));
framework.on('attachmentAction', (_bot, { attachmentAction }) =>
  print('attachmentAction', { inputs: attachmentAction.inputs }),
);
framework.hears(
  'repeat',
  (bot, { args, message }) => {
    print('hears', { id: message.id, args });
    return bot.say(args.slice(1).join(' '));
  },
  'repeats',
);
framework.hears('count', (_bot, { message }) => print('counted', { id: message.id }));
framework.hears('card', (bot) =>
  bot.sendCard(
    {
      type: 'AdaptiveCard',
      version: '1.2',
      body: [{ type: 'Input.Text', id: 'dish' }],
      actions: [{ type: 'Action.Submit', title: 'Order' }],
    },
    'A card',
  ),
);
process.once('SIGTERM', () => {
  void framework.stop().then(() => process.exit(0));
});
await framework.start();
const { mercury } = framework.getWebexSDK().internal;
mercury.on('event:conversation.activity', ({ data: { activity } }) =>
  print('activity', { id: activity.id, verb: activity.verb }),
);
