import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roomOf, type TestRoom } from './test-support.ts';

const SCOPES = ['spark-compliance:messages_read', 'spark-compliance:messages_write'];
let kit: TestPlatform;
let ada: TestPerson;
let officer: TestPerson;
let room: TestRoom;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  officer = await kit.addPerson({ name: 'Olga', roles: ['compliance_officer'], scopes: SCOPES });
  room = await roomOf(kit, ada);
});
afterAll(() => kit.close());

const post = async (text: string) => (await ada.api.post('/messages', { roomId: room.id, text })).body;

describe('a compliance officer', () => {
  it('reads rooms of their organisation without being in them', async () => {
    const message = await post('hello');
    const listed = await officer.api.get(`/messages?roomId=${room.id}`);
    expect(listed.body.items[0]).toEqual(message);
    expect((await officer.api.get(`/messages/${message.id}`)).body).toEqual(message);
  });

  it('still reads what was deleted, and deletes what is not: twice is 410', async () => {
    const message = await post('to be deleted');
    expect((await officer.api.delete(`/messages/${message.id}`)).status).toBe(204);
    expect((await officer.api.get(`/messages/${message.id}`)).body).toEqual(message);
    expect((await ada.api.get(`/messages/${message.id}`)).status).toBe(404);
    const again = await officer.api.delete(`/messages/${message.id}`);
    expect([again.status, again.body.message]).toEqual([410, 'The message has been deleted already.']);
    const listed = await officer.api.get(`/messages?roomId=${room.id}`);
    expect(listed.body.items.map((item: { id: string }) => item.id)).not.toContain(message.id);
  });

  it('writes nothing', async () => {
    expect((await officer.api.post('/messages', { roomId: room.id, text: 'x' })).status).toBe(403);
  });

  it('of another organisation, or without the role or the scope, sees nothing', async () => {
    const message = await post('private');
    const org = await kit.addOrg('Other');
    const foreign = await kit.addPerson({ org, roles: ['compliance_officer'], scopes: SCOPES });
    expect((await foreign.api.get(`/messages/${message.id}`)).status).toBe(404);
    expect((await foreign.api.get(`/messages?roomId=${room.id}`)).status).toBe(404);
    expect((await foreign.api.delete(`/messages/${message.id}`)).status).toBe(404);
    const unroled = await kit.addPerson({ scopes: SCOPES });
    expect((await unroled.api.get(`/messages/${message.id}`)).status).toBe(403);
    const reader = await kit.mint(officer, ['spark-compliance:messages_read']);
    expect((await reader.delete(`/messages/${message.id}`)).status).toBe(403);
  });

  it('sees in rooms of others only what people of their organisation wrote', async () => {
    const org = await kit.addOrg('Guests');
    const host = await kit.addPerson({ org, name: 'Host' });
    const shared = await roomOf(kit, host, ada);
    const send = async (person: TestPerson, text: string) =>
      (await person.api.post('/messages', { roomId: shared.id, text })).body;
    const theirs = await send(host, 'theirs');
    const ours = await send(ada, 'ours');
    expect((await officer.api.get(`/messages?roomId=${shared.id}`)).body.items).toEqual([ours]);
    expect((await officer.api.get(`/messages/${ours.id}`)).body).toEqual(ours);
    expect((await officer.api.get(`/messages/${theirs.id}`)).status).toBe(404);
    expect((await officer.api.delete(`/messages/${theirs.id}`)).status).toBe(404);
    expect((await officer.api.delete(`/messages/${ours.id}`)).status).toBe(204);
    const hosts = await kit.addPerson({ org, roles: ['compliance_officer'], scopes: SCOPES });
    expect((await hosts.api.get(`/messages/${ours.id}`)).body).toEqual(ours);
  });

  it('sees everything of a direct room in which one of their people is', async () => {
    const host = await kit.addPerson({ org: await kit.addOrg('Far'), name: 'Far' });
    const message = (await host.api.post('/messages', { toPersonId: ada.wireId, text: 'hi' })).body;
    expect((await officer.api.get(`/messages/${message.id}`)).body.text).toBe('hi');
    expect((await officer.api.get(`/messages?roomId=${message.roomId}`)).body.items).toHaveLength(1);
  });
});
