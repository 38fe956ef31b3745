import { limitLedger } from '@moothall/core';
import { hintFor } from './entry.ts';
import { entriesOf, joined, type RawEntry, textOf, textsOf } from './raw-entries.ts';

type Known = { people: Set<string>; humans: Set<string>; teams: Set<string> };
type Check = (value: string | undefined, path: string, known: ReadonlySet<string>, what: string) => void;

function keysOf(entries: readonly RawEntry[]): string[] {
  return entries.flatMap((entry) => textOf(entry, 'key') ?? []);
}

function knownKeys(root: RawEntry): Known {
  const orgs = entriesOf(root, 'orgs');
  const humans = orgs.flatMap((org) => keysOf(entriesOf(org, 'people')));
  const bots = orgs.flatMap((org) => entriesOf(org, 'apps').filter((app) => textOf(app, 'type') === 'bot'));
  return {
    humans: new Set(humans),
    people: new Set([...humans, ...keysOf(bots)]),
    teams: new Set(orgs.flatMap((org) => keysOf(entriesOf(org, 'teams')))),
  };
}

function checkMessages(room: RawEntry, members: ReadonlySet<string>, check: Check, errors: string[]): void {
  const earlier = new Map<string, boolean>();
  for (const message of entriesOf(room, 'messages')) {
    check(textOf(message, 'by'), joined(message.path, 'by'), members, 'member of the room');
    const parent = textOf(message, 'parent');
    const path = joined(message.path, 'parent');
    check(parent, path, new Set(earlier.keys()), 'earlier message of the room');
    if (parent !== undefined && earlier.get(parent))
      errors.push(`${path}: '${parent}' is a reply itself; answer the message that began the thread`);
    const key = textOf(message, 'key');
    if (key !== undefined) earlier.set(key, parent !== undefined);
  }
}

function checkRoom(room: RawEntry, known: Known, check: Check, errors: string[]): void {
  const members = textsOf(room, 'members');
  const creator = textOf(room, 'creator');
  check(creator, joined(room.path, 'creator'), known.people, 'person or bot');
  for (const { text, path } of members) check(text, path, known.people, 'person or bot');
  check(textOf(room, 'team'), joined(room.path, 'team'), known.teams, 'team');
  const inside = new Set([...members.map(({ text }) => text), ...(creator === undefined ? [] : [creator])]);
  for (const { text, path } of textsOf(room, 'moderators')) check(text, path, inside, 'member of the room');
  if (inside.size === 0) errors.push(`${room.path}: a room needs a creator or a member`);
  if (inside.size > limitLedger['room.members'].value)
    errors.push(`${room.path}.members: a room has at most ${limitLedger['room.members'].value} members`);
  if (room.value.isAnnouncementOnly === true && room.value.isLocked !== true)
    errors.push(`${room.path}.isAnnouncementOnly: the room must be locked too; add isLocked: true`);
  if (room.value.isPublic === true && !textOf(room, 'description'))
    errors.push(`${room.path}.isPublic: a public room needs a description`);
  checkMessages(room, inside, check, errors);
}

function checkTokens(org: RawEntry, errors: string[]): void {
  const orgId = textOf(org, 'id')?.toLowerCase();
  const limit = limitLedger['token.active_per_account'].value;
  const people = entriesOf(org, 'people');
  for (const person of people) {
    const count = entriesOf(person, 'tokens').length;
    if (count > limit)
      errors.push(`${person.path}.tokens: an account has at most ${limit} tokens, not ${count}`);
  }
  for (const holder of [
    ...people.flatMap((person) => entriesOf(person, 'tokens')),
    ...entriesOf(org, 'apps'),
  ]) {
    const third = textOf(holder, 'token')?.split('_')[2]?.toLowerCase();
    if (third === undefined || third === '<org>' || third === orgId) continue;
    const remedy = orgId === undefined ? 'write <org>, or give the organisation that id' : 'write <org>';
    errors.push(`${holder.path}.token: its third part is not the organisation's id; ${remedy}`);
  }
}

/** Keys that nothing bears, and entries that contradict each other; all of them, each with its path. */
export function findBrokenReferences(root: RawEntry): string[] {
  const errors: string[] = [];
  const known = knownKeys(root);
  const check: Check = (value, path, keys, what) => {
    if (value === undefined || keys.has(value)) return;
    errors.push(`${path}: there is no ${what} '${value}'; ${hintFor(value, [...keys].slice(0, 50))}`);
  };
  for (const org of entriesOf(root, 'orgs')) {
    for (const app of entriesOf(org, 'apps'))
      check(textOf(app, 'owner'), joined(app.path, 'owner'), known.humans, 'person');
    for (const team of entriesOf(org, 'teams')) {
      check(textOf(team, 'creator'), joined(team.path, 'creator'), known.people, 'person or bot');
      for (const { text, path } of textsOf(team, 'members')) check(text, path, known.people, 'person or bot');
    }
    for (const room of entriesOf(org, 'rooms')) checkRoom(room, known, check, errors);
    checkTokens(org, errors);
  }
  return errors;
}
