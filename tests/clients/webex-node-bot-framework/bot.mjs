/** A bot as its authors write one with this framework: it greets, asks by a card, and hands out a file.
 *  Environment: HYDRA_SERVICE_URL and U2C_SERVICE_URL (read by the SDK inside), TOKEN, WEBHOOK_SECRET. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import Framework from 'webex-node-bot-framework';
import toRoute from 'webex-node-bot-framework/webhook.js';

const card = {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.2',
  body: [
    { type: 'TextBlock', text: 'Lunch?', size: 'large' },
    { type: 'Input.Text', id: 'dish', placeholder: 'Your dish' },
  ],
  actions: [{ type: 'Action.Submit', title: 'Order', data: { order: 'lunch' } }],
};

function print(step, facts = {}) {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}

function whatTrigger({ person, args, message }) {
  return { person: person.displayName, args, text: message.text, roomType: message.roomType };
}

const server = createServer((request, response) => {
  void receive(request, response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const framework = new Framework({
  token: process.env.TOKEN,
  webhookUrl: `http://127.0.0.1:${server.address().port}/framework`,
  webhookSecret: process.env.WEBHOOK_SECRET,
});
const route = toRoute(framework);

framework.on('initialized', () => print('initialized', { bots: framework.bots.length }));
framework.on('spawn', (bot, _id, addedBy) =>
  print('spawn', { title: bot.room.title, type: bot.room.type, isDirectTo: bot.isDirectTo, addedBy }),
);
framework.on('despawn', (bot, _id, removedBy) => print('despawn', { roomId: bot.room.id, removedBy }));
framework.on('memberEnters', (_bot, { personEmail }) => print('memberEnters', { personEmail }));
framework.on('memberExits', (_bot, { personEmail }) => print('memberExits', { personEmail }));
framework.on('roomRenamed', (_bot, { title }) => print('roomRenamed', { title }));
framework.on('mentioned', (_bot, trigger) => print('mentioned', whatTrigger(trigger)));
framework.on('files', (_bot, trigger) => print('files', { files: trigger.message.files }));
framework.on('messageDeleted', ({ id }) => print('messageDeleted', { id }));

framework.hears('hello', (bot, trigger) => {
  print('hears', whatTrigger(trigger));
  return bot.reply(trigger.message, `Hello **${trigger.person.displayName}**`, 'markdown');
});
framework.hears('lunch', (bot) => bot.sendCard(card, 'Lunch? Your client shows no cards.'));
framework.hears('report', (bot) =>
  bot.uploadStream(createReadStream(fileURLToPath(new URL('report.csv', import.meta.url)))),
);
framework.hears('whisper', (bot, trigger) => bot.dm(trigger.person.id, 'markdown', 'for *you* only'));
framework.hears('leave', (bot) => bot.exit());
framework.hears(/^.*$/, (bot) => bot.say('I did not understand that.'), 'all the rest', 99);

framework.on('attachmentAction', (bot, { attachmentAction, person }) => {
  print('attachmentAction', { inputs: attachmentAction.inputs, person: person.displayName });
  bot.reply(attachmentAction, `${attachmentAction.inputs.dish} is on its way`);
});

process.once('SIGTERM', () => {
  void framework.stop().then(() => process.exit(0));
});
await framework.start();

/** Gives a request to the framework in the form of Express, which its guide uses. */
async function receive(request, response) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  request.body = JSON.parse(text);
  response.status = (code) => response.writeHead(code);
  response.send = (body) => response.end(body);
  await route(request, response);
}
