/** Works through a day's tasks with node-sparky, and prints what it got.
 *  Environment: SPARKY_API_URL (read by the client itself), TOKEN of a person, OTHER_EMAIL of another person,
 *  FILE to send. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import Spark from 'node-sparky';

const { TOKEN, OTHER_EMAIL, FILE } = process.env;
const spark = new Spark({ token: TOKEN, webhookSecret: 'between us', maxPageItems: 2 });

function print(step, facts = {}) {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}

const me = await spark.personMe();
print('me', { displayName: me.displayName });
const [other] = await spark.peopleGet({ email: OTHER_EMAIL });
print('found', { displayName: other.displayName, emails: other.emails });
const room = await spark.roomAdd('Sparky room');
await useMemberships();
await useMessages();
await useFiles();
await useWebhooks();
await useTeams();
await useErrors();
print('done', { roomId: room.id });

async function useMemberships() {
  const added = await spark.membershipAdd(room.id, OTHER_EMAIL);
  const raised = await spark.membershipUpdate({ ...added, isModerator: true });
  const members = await spark.membershipsGet({ roomId: room.id });
  await spark.roomUpdate({ ...(await spark.roomGet(room.id)), title: 'Sparky room, renamed' });
  print('members', {
    added: added.personEmail,
    isModerator: raised.isModerator,
    emails: members.map(({ personEmail }) => personEmail),
  });
}

async function useMessages() {
  const texts = ['one', 'two', 'three', 'four', 'five'];
  for (const text of texts) await spark.messageSend({ roomId: room.id, text });
  const all = await spark.messagesGet({ roomId: room.id });
  const newest = await spark.messagesGet({ roomId: room.id }, 3);
  print('pages', { all: all.map(({ text }) => text), newest: newest.map(({ text }) => text) });
  await spark.messageRemove(newest[0].id);
  const markdown = await spark.messageSend({ toPersonEmail: OTHER_EMAIL, markdown: '_only_ **you**' });
  print('direct', {
    html: markdown.html,
    roomType: markdown.roomType,
    toPersonEmail: markdown.toPersonEmail,
  });
}

async function useFiles() {
  const file = await spark.contentCreate(FILE);
  const sent = await spark.messageSend({ roomId: room.id, text: 'with a file' }, file);
  const [url] = (await spark.messageGet(sent.id)).files;
  const got = await spark.contentGet(url);
  print('file', {
    url,
    name: got.name,
    type: got.type,
    bytes: got.binary.length,
    isSame: got.base64 === file.base64,
  });
}

async function useWebhooks() {
  const heard = [];
  const { server, url } = await listen(spark.webhookListen(), heard);
  const made = await spark.webhookAdd({
    name: 'sparky',
    targetUrl: url,
    resource: 'messages',
    event: 'created',
    filter: `roomId=${room.id}`,
  });
  const arrived = new Promise((resolve) => spark.once('messages-created', resolve));
  const sent = await spark.messageSend({ roomId: room.id, text: 'ring the bell' });
  const message = await arrived;
  await printDelivery(heard[0], message, sent);
  await spark.webhookUpdate({ ...(await spark.webhookGet(made.id)), name: 'sparky, renamed' });
  const [listed] = await spark.webhooksGet({ id: made.id });
  await spark.webhookRemove(made.id);
  print('webhooks', { name: listed.name, left: (await spark.webhooksGet()).length });
  server.close();
}

async function printDelivery({ signature, body }, message, sent) {
  const isRefused = (secret, payload) =>
    spark.webhookAuth(secret, signature, payload).then(
      () => false,
      () => true,
    );
  print('webhook', {
    text: message.text,
    isSame: message.id === sent.id,
    data: body.data,
    refusesOtherSecret: await isRefused('another secret', body),
    refusesOtherBody: await isRefused('between us', { ...body, actorId: 'somebody' }),
  });
}

/** Takes webhooks the way that the client's guide does with Express. */
async function listen(handler, heard) {
  const server = createServer((request, response) => {
    void receive(request, response, handler, heard);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, url: `http://127.0.0.1:${server.address().port}/hook` };
}

async function receive(request, response, handler, heard) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const { headers } = request;
  const body = JSON.parse(text);
  heard.push({ signature: headers['x-spark-signature'], body });
  response.status = (code) => response.writeHead(code);
  response.send = (reply) => response.end(reply);
  // The client wants `headers` as an own property, which newer versions of Node inherit.
  handler({ headers, body }, response, () => {});
}

/** Without the updates of teams and their members, which this client sends to `people`. */
async function useTeams() {
  const team = await spark.teamAdd('Sparky team');
  const added = await spark.teamMembershipAdd(team.id, OTHER_EMAIL, true);
  const teamRoom = await spark.roomAdd('Sparky team room', team.id);
  const members = await spark.teamMembershipsGet(team.id);
  print('team', {
    id: team.id,
    name: (await spark.teamGet(team.id)).name,
    isModerator: added.isModerator,
    members: members.map(({ personEmail }) => personEmail),
    teamIdOfRoom: teamRoom.teamId,
  });
  await spark.teamMembershipRemove(added.id);
}

async function useErrors() {
  const codeOf = (promise) =>
    promise.then(
      () => 200,
      (error) => `${error.code} ${error.type}`,
    );
  const nowhere = Buffer.from(`ciscospark://us/ROOM/${randomUUID()}`).toString('base64url');
  const newcomer = { emails: ['x@acme.test'], displayName: 'X Y', firstName: 'X', lastName: 'Y' };
  const stranger = new Spark({ token: 'not-a-token' });
  print('errors', {
    unknownRoom: await codeOf(spark.roomGet(nowhere)),
    badToken: await codeOf(stranger.personMe()),
    memberTwice: await codeOf(spark.membershipAdd(room.id, OTHER_EMAIL)),
    badMessage: await codeOf(spark.messageSend({ toPersonId: 'nobody', text: 'hi' })),
    adminOnly: await codeOf(spark.personAdd(newcomer)),
  });
}
