/** Composes the SDK of its core and REST plugins, works through a day's tasks and prints what it got.
 *  Environment: HYDRA_SERVICE_URL and U2C_SERVICE_URL (read by the SDK), TOKEN of a person, OTHER_TOKEN of another. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: WebexCore } = require('@webex/webex-core');
for (const plugin of [
  'attachment-actions',
  'memberships',
  'messages',
  'people',
  'rooms',
  'team-memberships',
  'teams',
  'webhooks',
])
  require(`@webex/plugin-${plugin}`);

const card = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    version: '1.3',
    body: [{ type: 'Input.Toggle', id: 'agree', title: 'Agreed?' }],
    actions: [{ type: 'Action.Submit', title: 'Send' }],
  },
};
const picture = readFileSync(new URL('pixel.png', import.meta.url));

// For somebody unknown its batcher also rejects a promise that nobody has: Node would end by that.
process.on('unhandledRejection', (reason) => print('unhandledRejection', { reason: String(reason) }));

const webex = connect(process.env.TOKEN);
const other = connect(process.env.OTHER_TOKEN);
const [me, otherPerson] = await Promise.all([webex.people.get('me'), other.people.get('me')]);
const room = await webex.rooms.create({ title: 'SDK room' });
await usePeople();
await useMemberships();
await useMessages();
await useFiles();
await useCards();
await useWebhooks();
await useTeams();
await useErrors();
await webex.rooms.update({ ...(await webex.rooms.get(room.id)), title: 'SDK room, renamed' });
print('done', { roomId: room.id });
// What the SDK leaves running, such as timers of its metrics, is no reason to stay.
process.exit(0);

/** HYDRA_SERVICE_URL and U2C_SERVICE_URL are the SDK's own settings for its discovery. */
function connect(accessToken) {
  return new WebexCore({ credentials: { access_token: accessToken } });
}

function print(step, facts = {}) {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}

async function usePeople() {
  const emails = ['ada@acme.test', 'rita@acme.test', 'emil@acme.test'];
  const found = await Promise.all(emails.map((email) => webex.people.list({ email })));
  const ids = found.map((page) => page.items[0].id);
  // Single looks-up of one turn become one request.
  const people = await Promise.all(ids.map((id) => webex.people.get(id)));
  const listed = await webex.people.list(ids);
  const nobody = Buffer.from(`ciscospark://us/PEOPLE/${randomUUID()}`).toString('base64url');
  const unknown = await webex.people.get(nobody).catch((id) => id === nobody);
  print('people', {
    nobody,
    me: me.displayName,
    names: people.map(({ displayName }) => displayName),
    listed: listed.map(({ displayName }) => displayName),
    isUnknown: unknown,
  });
}

async function useMemberships() {
  const made = await webex.memberships.create({ roomId: room.id, personEmail: otherPerson.emails[0] });
  const got = await webex.memberships.get(made);
  const raised = await webex.memberships.update({ ...got, isModerator: true });
  const page = await webex.memberships.list({ roomId: room.id });
  print('memberships', {
    isSame: got.id === made.id && got.personId === otherPerson.id,
    isModerator: raised.isModerator,
    emails: page.items.map(({ personEmail }) => personEmail),
  });
  await webex.memberships.update({ ...raised, isModerator: false });
}

async function useMessages() {
  const sent = [];
  for (const text of ['one', 'two', 'three', 'four', 'five'])
    sent.push(await webex.messages.create({ roomId: room.id, text }));
  const pages = [];
  let page = await webex.messages.list({ roomId: room.id, max: 2 });
  for (;;) {
    pages.push([...page].map(({ text }) => text));
    if (!page.hasNext()) break;
    page = await page.next();
  }
  const edited = await webex.messages.update(sent[0], { roomId: room.id, markdown: '**uno**' });
  await webex.messages.remove(sent[1]);
  const reply = await webex.messages.create({ roomId: room.id, parentId: sent[2].id, markdown: 'a _reply_' });
  const got = await other.messages.get(reply);
  print('messages', {
    pages,
    edited: edited.text,
    updated: edited.updated,
    reply: got,
    parentId: sent[2].id,
  });
}

async function useFiles() {
  const sent = await webex.messages.create({ roomId: room.id, text: 'a picture', files: [picture] });
  const { body, headers } = await other.request({ uri: sent.files[0], responseType: 'buffer' });
  const head = await other.request({ uri: sent.files[0], method: 'HEAD' });
  print('files', {
    messageId: sent.id,
    isSame: picture.equals(body),
    type: headers['content-type'],
    bytes: Number(head.headers['content-length']),
  });
}

async function useCards() {
  const message = await webex.messages.create({ roomId: room.id, text: 'Agreed?', attachments: [card] });
  const inputs = { agree: 'true' };
  const made = await other.attachmentActions.create({ type: 'submit', messageId: message.id, inputs });
  const got = await webex.attachmentActions.get(made);
  const asPosted = JSON.stringify(message.attachments[0].content) === JSON.stringify(card.content);
  print('cards', { messageId: message.id, asPosted, action: got, actor: otherPerson.id });
}

async function useWebhooks() {
  const made = await webex.webhooks.create({
    name: 'sdk',
    targetUrl: 'https://hooks.example.com/sdk',
    resource: 'messages',
    event: 'created',
    secret: 'between us',
  });
  const renamed = await webex.webhooks.update({ ...(await webex.webhooks.get(made)), name: 'sdk, renamed' });
  const before = await webex.webhooks.list();
  await webex.webhooks.remove(made);
  const after = await webex.webhooks.list();
  print('webhooks', { name: renamed.name, before: before.length, after: after.length });
}

async function useTeams() {
  const team = await webex.teams.create({ name: 'SDK team' });
  const made = await webex.teamMemberships.create({ teamId: team.id, personId: otherPerson.id });
  const raised = await webex.teamMemberships.update({ ...made, isModerator: true });
  const members = await webex.teamMemberships.list({ teamId: team.id });
  const renamed = await webex.teams.update({ ...(await webex.teams.get(team)), name: 'SDK team, renamed' });
  const teamRoom = await webex.rooms.create({ title: 'SDK team room', teamId: team.id });
  const rooms = await webex.rooms.list({ teamId: team.id });
  await webex.rooms.remove(teamRoom);
  await webex.teamMemberships.remove(made);
  const [seen, left] = await Promise.all([
    other.teams.list(),
    webex.teamMemberships.list({ teamId: team.id }),
  ]);
  print('teams', {
    id: team.id,
    name: renamed.name,
    isModerator: raised.isModerator,
    members: members.length,
    membersLeft: left.length,
    rooms: rooms.items.map(({ title }) => title).sort(),
    seenByOther: seen.items.some(({ id }) => id === team.id),
  });
}

async function useErrors() {
  const failure = (promise) =>
    promise.then(
      () => 'none',
      (error) => ({ status: error.statusCode, name: error.constructor.name, message: error.message }),
    );
  print('errors', {
    notMember: await failure(other.rooms.get((await webex.rooms.create({ title: 'Private' })).id)),
    twice: await failure(webex.memberships.create({ roomId: room.id, personId: otherPerson.id })),
    empty: await failure(webex.messages.create({ roomId: room.id })),
    badToken: await failure(connect('bad_P0A1_7b0f3a52-0000-7000-8000-00000000ac3e').rooms.list()),
  });
}
