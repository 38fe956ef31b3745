import { entriesOf, joined, type RawEntry, textOf, textsOf } from './raw-entries.ts';

/** Notes values that may stand once only, and tells where one stood before. */
class Once {
  readonly #seen = new Map<string, string>();
  readonly #what: string;
  readonly #errors: string[];

  constructor(what: string, errors: string[]) {
    this.#what = what;
    this.#errors = errors;
  }

  add(value: string | undefined, path: string): void {
    if (value === undefined) return;
    const before = this.#seen.get(value);
    if (before === undefined) this.#seen.set(value, path);
    else this.#errors.push(`${path}: the ${this.#what} '${value}' stands at ${before} already`);
  }
}

/** The literal token of an entry, with `<org>` made comparable. */
function literal(token: RawEntry, org: RawEntry): string | undefined {
  return textOf(token, 'token')?.replace('<org>', (textOf(org, 'id') ?? org.path).toLowerCase());
}

function checkAccounts(org: RawEntry, keys: Once, emails: Once, tokens: Once): void {
  for (const person of entriesOf(org, 'people')) {
    keys.add(textOf(person, 'key'), joined(person.path, 'key'));
    emails.add(textOf(person, 'email')?.trim().toLowerCase(), joined(person.path, 'email'));
    for (const token of entriesOf(person, 'tokens'))
      tokens.add(literal(token, org), joined(token.path, 'token'));
  }
  for (const app of entriesOf(org, 'apps')) {
    keys.add(textOf(app, 'key'), joined(app.path, 'key'));
    tokens.add(literal(app, org), joined(app.path, 'token'));
  }
}

function addIds(entry: RawEntry, ids: Once): void {
  ids.add(textOf(entry, 'id')?.toLowerCase(), joined(entry.path, 'id'));
  for (const [name, value] of Object.entries(entry.value)) {
    if (Array.isArray(value)) for (const child of entriesOf(entry, name)) addIds(child, ids);
  }
}

/** Everything that stands twice and may not: keys, ids, addresses, bots' names, domains, tokens. */
export function findDuplicates(root: RawEntry): string[] {
  const errors: string[] = [];
  const once = (what: string) => new Once(what, errors);
  const [orgKeys, people, emails, tokens] = [once('key'), once('key'), once('address'), once('token')];
  const [teams, rooms, domains, names] = [once('key'), once('key'), once('domain'), once('username')];
  for (const org of entriesOf(root, 'orgs')) {
    orgKeys.add(textOf(org, 'key'), joined(org.path, 'key'));
    checkAccounts(org, people, emails, tokens);
    for (const { text, path } of textsOf(org, 'domains')) domains.add(text.toLowerCase(), path);
    for (const app of entriesOf(org, 'apps'))
      names.add(textOf(app, 'username')?.toLowerCase(), joined(app.path, 'username'));
    for (const team of entriesOf(org, 'teams')) teams.add(textOf(team, 'key'), joined(team.path, 'key'));
    for (const room of entriesOf(org, 'rooms')) {
      rooms.add(textOf(room, 'key'), joined(room.path, 'key'));
      const messages = once('key');
      for (const message of entriesOf(room, 'messages'))
        messages.add(textOf(message, 'key'), joined(message.path, 'key'));
    }
  }
  addIds(root, once('id'));
  return errors;
}
