import { randomUUID } from 'node:crypto';

const card = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    version: '1.3',
    body: [{ type: 'Input.Text', id: 'Name' }],
    actions: [{ type: 'Action.Submit', title: 'Send' }],
  },
};

/** Drives every messaging operation of tier 1 through a recorder: as `user` and `other` (two people),
 *  `compliance` (compliance officer: events) and `admin` (creates and deletes a person). */
export async function driveMessaging(recorder) {
  const people = await drivePeople(recorder);
  await driveRooms(recorder, people);
  await driveTeams(recorder, people);
  await driveWebhooks(recorder);
  await driveEvents(recorder);
  await driveAdministration(recorder);
}

async function drivePeople(recorder) {
  const me = await recorder.call('GET /people/me', 'user', '/people/me');
  const other = await recorder.call('GET /people/me', 'other', '/people/me');
  if (!me?.id) recorder.blocked('GET /people/{personId}', 'GET /people/me');
  else await recorder.call('GET /people/{personId}', 'user', `/people/${me.id}`);
  await recorder.call('GET /people', 'user', `/people?id=${me?.id ?? ''}`);
  return { me, other };
}

async function driveRooms(recorder, people) {
  const room = await recorder.call('POST /rooms', 'user', '/rooms', { body: { title: 'Prism round' } });
  await recorder.call('GET /rooms', 'user', '/rooms?max=5');
  if (!room?.id) return blockAll(recorder, 'POST /rooms', roomOperations);
  await recorder.call('GET /rooms/{roomId}', 'user', `/rooms/${room.id}`);
  await recorder.call('PUT /rooms/{roomId}', 'user', `/rooms/${room.id}`, {
    body: { title: 'Prism round two' },
  });
  const membership = await driveMemberships(recorder, room, people.other);
  await driveMessages(recorder, room);
  await driveDirect(recorder, people.other);
  await driveCards(recorder, room);
  await driveRemoval(
    recorder,
    'DELETE /memberships/{membershipId}',
    'POST /memberships',
    '/memberships',
    membership,
  );
  await recorder.call('DELETE /rooms/{roomId}', 'user', `/rooms/${room.id}`, { status: 204 });
}

const roomOperations = [
  'GET /rooms/{roomId}',
  'PUT /rooms/{roomId}',
  'DELETE /rooms/{roomId}',
  'GET /memberships',
  'POST /memberships',
  'GET /memberships/{membershipId}',
  'PUT /memberships/{membershipId}',
  'DELETE /memberships/{membershipId}',
  'GET /messages',
  'POST /messages',
  'GET /messages/direct',
  'GET /messages/{messageId}',
  'PUT /messages/{messageId}',
  'DELETE /messages/{messageId}',
  'POST /attachment/actions',
  'GET /attachment/actions/{id}',
];

async function driveMemberships(recorder, room, other) {
  await recorder.call('GET /memberships', 'user', `/memberships?roomId=${room.id}`);
  const one = '/memberships/{membershipId}';
  if (!other) {
    blockAll(recorder, 'GET /people/me', ['POST /memberships', `GET ${one}`, `PUT ${one}`], 'other');
    return undefined;
  }
  const body = { roomId: room.id, personEmail: other.emails?.[0] };
  const membership = await recorder.call('POST /memberships', 'user', '/memberships', { body });
  if (!membership?.id) {
    blockAll(recorder, 'POST /memberships', [`GET ${one}`, `PUT ${one}`]);
    return undefined;
  }
  await recorder.call(`GET ${one}`, 'user', `/memberships/${membership.id}`);
  await recorder.call(`PUT ${one}`, 'user', `/memberships/${membership.id}`, {
    body: { isModerator: false },
  });
  return membership;
}

async function driveMessages(recorder, room) {
  const body = { roomId: room.id, markdown: '**hello** from Prism' };
  const message = await recorder.call('POST /messages', 'user', '/messages', { body });
  await recorder.call('GET /messages', 'user', `/messages?roomId=${room.id}`);
  const one = '/messages/{messageId}';
  if (!message?.id) {
    blockAll(recorder, 'POST /messages', [`GET ${one}`, `PUT ${one}`, `DELETE ${one}`]);
    return;
  }
  const path = `/messages/${message.id}`;
  await recorder.call(`GET ${one}`, 'user', path);
  await recorder.call(`PUT ${one}`, 'user', path, { body: { roomId: room.id, text: 'hello again' } });
  await recorder.call(`DELETE ${one}`, 'user', path, { status: 204 });
}

async function driveDirect(recorder, other) {
  const email = other?.emails?.[0];
  if (!email) return recorder.blocked('GET /messages/direct', 'GET /people/me', 'other');
  await recorder.call('POST /messages', 'user', '/messages', {
    body: { toPersonEmail: email, text: 'hello' },
  });
  await recorder.call(
    'GET /messages/direct',
    'user',
    `/messages/direct?personEmail=${encodeURIComponent(email)}`,
  );
}

async function driveCards(recorder, room) {
  const body = { roomId: room.id, text: 'a card', attachments: [card] };
  const message = await recorder.call('POST /messages', 'user', '/messages', { body });
  const submission = { type: 'submit', messageId: message?.id, inputs: { Name: 'Ada' } };
  const operations = ['POST /attachment/actions', 'GET /attachment/actions/{id}'];
  if (!message?.id) return blockAll(recorder, 'POST /messages', operations);
  const action = await recorder.call(operations[0], 'other', '/attachment/actions', { body: submission });
  if (!action?.id) return recorder.blocked(operations[1], operations[0]);
  await recorder.call(operations[1], 'other', `/attachment/actions/${action.id}`);
}

async function driveTeams(recorder, { other }) {
  const team = await recorder.call('POST /teams', 'user', '/teams', { body: { name: 'Prism team' } });
  await recorder.call('GET /teams', 'user', '/teams');
  if (!team?.id) return blockAll(recorder, 'POST /teams', teamOperations);
  const path = `/teams/${team.id}`;
  await recorder.call('GET /teams/{teamId}', 'user', path);
  await recorder.call('PUT /teams/{teamId}', 'user', path, { body: { name: 'Prism team two' } });
  await driveTeamMemberships(recorder, team, other);
  await recorder.call('DELETE /teams/{teamId}', 'user', path, { status: 204 });
}

const teamMembership = '/team/memberships/{membershipId}';
const teamOperations = [
  'GET /teams/{teamId}',
  'PUT /teams/{teamId}',
  'DELETE /teams/{teamId}',
  'GET /team/memberships',
  'POST /team/memberships',
  `GET ${teamMembership}`,
  `PUT ${teamMembership}`,
  `DELETE ${teamMembership}`,
];

async function driveTeamMemberships(recorder, team, other) {
  await recorder.call('GET /team/memberships', 'user', `/team/memberships?teamId=${team.id}`);
  if (!other) return blockAll(recorder, 'GET /people/me', teamOperations.slice(4), 'other');
  const body = { teamId: team.id, personEmail: other.emails?.[0] };
  const created = await recorder.call('POST /team/memberships', 'user', '/team/memberships', { body });
  if (!created?.id) return blockAll(recorder, 'POST /team/memberships', teamOperations.slice(5));
  const path = `/team/memberships/${created.id}`;
  await recorder.call(`GET ${teamMembership}`, 'user', path);
  await recorder.call(`PUT ${teamMembership}`, 'user', path, { body: { isModerator: true } });
  await recorder.call(`DELETE ${teamMembership}`, 'user', path, { status: 204 });
}

async function driveWebhooks(recorder) {
  const hook = { name: 'Prism hook', targetUrl: 'https://hooks.example.com/prism' };
  const body = { ...hook, resource: 'messages', event: 'created', secret: 'prism-secret' };
  const created = await recorder.call('POST /webhooks', 'user', '/webhooks', { body });
  await recorder.call('GET /webhooks', 'user', '/webhooks');
  const one = '/webhooks/{webhookId}';
  if (!created?.id)
    return blockAll(recorder, 'POST /webhooks', [`GET ${one}`, `PUT ${one}`, `DELETE ${one}`]);
  const path = `/webhooks/${created.id}`;
  await recorder.call(`GET ${one}`, 'user', path);
  await recorder.call(`PUT ${one}`, 'user', path, { body: { ...hook, name: 'Prism hook two' } });
  await recorder.call(`DELETE ${one}`, 'user', path, { status: 204 });
}

async function driveEvents(recorder) {
  const events = await recorder.call('GET /events', 'compliance', '/events?max=5');
  const event = events?.items?.[0];
  if (!event) return recorder.blocked('GET /events/{eventId}', 'GET /events');
  await recorder.call('GET /events/{eventId}', 'compliance', `/events/${event.id}`);
}

async function driveAdministration(recorder) {
  const admin = await recorder.call('GET /people/me', 'admin', '/people/me');
  const domain = admin?.emails?.[0]?.split('@')[1];
  const one = '/people/{personId}';
  const later = [`PUT ${one}`, `DELETE ${one}`];
  if (!domain) return blockAll(recorder, 'GET /people/me', ['POST /people', ...later], 'admin');
  const person = { emails: [`prism-${randomUUID()}@${domain}`], displayName: 'Prism Person' };
  const created = await recorder.call('POST /people', 'admin', '/people', { body: person });
  if (!created?.id) return blockAll(recorder, 'POST /people', later);
  const path = `/people/${created.id}`;
  await recorder.call(`PUT ${one}`, 'admin', path, { body: { ...person, displayName: 'Prism Person Two' } });
  await recorder.call(`DELETE ${one}`, 'admin', path, { status: 204 });
}

async function driveRemoval(recorder, operation, cause, collection, resource) {
  if (!resource) return recorder.blocked(operation, cause);
  await recorder.call(operation, 'user', `${collection}/${resource.id}`, { status: 204 });
}

function blockAll(recorder, cause, operations, role) {
  for (const operation of operations) recorder.blocked(operation, cause, role);
}
