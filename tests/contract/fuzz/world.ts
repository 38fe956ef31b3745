import { decodeWireUuid } from '@moothall/core';
import { SESSION_COOKIE } from '@moothall/http';
import {
  createIncomingWebhook,
  csrfTokenOf,
  enterSite,
  mintToken,
  operationsOf,
  startSession,
} from '@moothall/platform';
import { BOT_SCOPES, type Sink, startSink, type TestPerson, type TestPlatform } from '@moothall/testkit';
import type { Caller, KeptCredentials } from './attack.ts';
import { Pool } from './pool.ts';

/** A world with content, who calls it, and what they know of it. */
export type FuzzWorld = { callers: readonly Caller[]; people: readonly TestPerson[]; pool: Pool; sink: Sink };

function scopesOf(kit: TestPlatform, ...capacities: string[]): string[] {
  const grants = operationsOf(kit.world).flatMap((operation) => operation.access?.grants ?? []);
  return [
    ...new Set(grants.filter((grant) => capacities.includes(grant.as)).flatMap((grant) => grant.scopes)),
  ];
}

async function addCallers(kit: TestPlatform): Promise<TestPerson[]> {
  const elsewhere = await kit.addOrg('Elsewhere');
  return Promise.all([
    kit.addPerson({ name: 'Ada' }),
    kit.addPerson({
      name: 'Root',
      roles: ['full_admin'],
      scopes: ['spark:all', ...scopesOf(kit, 'user', 'admin')],
    }),
    kit.addPerson({
      name: 'Cora',
      roles: ['compliance_officer'],
      scopes: scopesOf(kit, 'user', 'compliance'),
    }),
    kit.addPerson({ name: 'Echo', type: 'bot', scopes: [...BOT_SCOPES, ...scopesOf(kit, 'user')] }),
    kit.addPerson({
      name: 'Stranger',
      org: elsewhere,
      scopes: ['spark:all', ...scopesOf(kit, 'user', 'admin')],
    }),
  ]);
}

/** Fills the rooms of one caller; every reply teaches the pool. */
async function addContent(
  person: TestPerson,
  others: readonly TestPerson[],
  pool: Pool,
  sink: Sink,
): Promise<void> {
  const post = async (path: string, body: unknown, by = person) => {
    const reply = await by.api.post(path, body);
    if (reply.status >= 300) throw new Error(`POST ${path}: ${reply.text}`);
    pool.learn(reply.body);
    return reply.body.id as string;
  };
  const teamId = await post('/teams', { name: 'Team' });
  const roomId = await post('/rooms', { title: 'Room' });
  await post('/rooms', { title: 'Team room', teamId });
  for (const { wireId } of others) {
    await post('/memberships', { roomId, personId: wireId });
    await post('/team/memberships', { teamId, personId: wireId });
  }
  const parentId = await post('/messages', { roomId, markdown: 'Hello **all**' });
  await post('/messages', { roomId, parentId, text: 'a reply', files: [`${sink.url}/file.txt`] });
  await post('/messages', { toPersonId: others[0]!.wireId, text: 'direct' });
  const content = { type: 'AdaptiveCard', version: '1.3', body: [] };
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  const messageId = await post('/messages', { roomId, text: 'a card', attachments });
  pool.add('CARD', messageId);
  await post('/attachment/actions', { type: 'submit', messageId, inputs: { a: '1' } }, others[0]);
  await post('/room/tabs', { roomId, displayName: 'Tab', contentUrl: `${sink.url}/tab` });
  const targetUrl = `${sink.url}/hook`;
  await post('/webhooks', { name: 'Hook', targetUrl, resource: 'messages', event: 'created', secret: 's' });
}

async function startedSession(kit: TestPlatform, person: TestPerson): Promise<Record<string, string>> {
  const { id: personId, orgId } = person;
  const { cookie } = await kit.world.store.tx(async (tx) => {
    const session = await startSession(kit.world, tx, { personId, orgId });
    const sites = person.displayName === 'Root' ? (['portal', 'hub'] as const) : (['portal'] as const);
    for (const site of sites) await enterSite(kit.world, tx, { ...session, personId, orgId }, site);
    return session;
  });
  return { cookie: `${SESSION_COOKIE}=${cookie}`, 'x-csrf-token': csrfTokenOf(cookie) };
}

async function mintedToken(kit: TestPlatform, person: TestPerson): Promise<Record<string, string>> {
  const { id: personId, orgId, scopes } = person;
  const { token } = await kit.world.store.tx((tx) => mintToken(kit.world, tx, { personId, orgId, scopes }));
  return { authorization: `Bearer ${token}` };
}

/** What somebody calls with, kept until it is refused. */
function keptOf(kit: TestPlatform, person: TestPerson): KeptCredentials {
  const known: Partial<Record<'page' | 'rest', Promise<Record<string, string>>>> = {};
  return {
    headers(of) {
      known[of] ??= of === 'page' ? startedSession(kit, person) : mintedToken(kit, person);
      return known[of];
    },
    forget(of) {
      delete known[of];
    },
  };
}

/** Makes a world with people of every kind, two organisations and content in each. */
export async function makeFuzzWorld(kit: TestPlatform): Promise<FuzzWorld> {
  const sink = await startSink();
  sink.answer('/file.txt', { body: 'text of a file', headers: { 'content-type': 'text/plain' } });
  const pool = new Pool();
  const people = await addCallers(kit);
  const [ada, root, cora, echo, stranger] = people as [
    TestPerson,
    TestPerson,
    TestPerson,
    TestPerson,
    TestPerson,
  ];
  const victims = await Promise.all(Array.from({ length: 12 }, () => kit.addPerson({ name: 'Victim' })));
  for (const { email, wireId } of [...people, ...victims]) {
    pool.add('EMAIL', email);
    pool.add('PEOPLE', wireId);
  }
  for (const path of ['hook', 'file.txt', 'tab']) pool.add('URL', `${sink.url}/${path}`);
  for (const url of [
    'http://10.0.0.1/',
    'file:///etc/passwd',
    'http://127.0.0.1:1/',
    'ftp://x',
    'http://[::1',
  ])
    pool.add('URL', url);
  await addContent(ada, [root, cora, echo, victims[0]!], pool, sink);
  await addContent(stranger, [victims[1]!], pool, sink);
  const { body } = await ada.api.post('/rooms', { title: 'Incoming' });
  const { token } = await createIncomingWebhook(kit.world, {
    roomId: decodeWireUuid(['ROOM'], body.id)!,
    name: 'CI',
  });
  pool.add('INCOMING', token);
  for (const path of ['/roles', '/licenses', '/organizations', '/memberships'])
    pool.learn((await root.api.get(path)).body);
  pool.protectAllBut(victims.slice(2).map((person) => person.wireId));
  const often = [ada, ada, ada, root, root, root, cora, echo, stranger];
  const kept = new Map(people.map((person) => [person, keptOf(kit, person)]));
  const callers = [
    ...often.map((person) => ({ name: person.email, kept: kept.get(person)! })),
    { name: 'nobody' },
  ];
  return { people, pool, sink, callers: [...callers, { name: 'a false token', token: 'x_y_z' }] };
}
