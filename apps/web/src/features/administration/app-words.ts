/** Kinds of apps as people say them. */
const kinds: Readonly<Record<string, { one: string; many: string }>> = {
  bot: { one: 'Bot', many: 'Bots' },
  integration: { one: 'Integration', many: 'Integrations' },
  guest_issuer: { one: 'Guest issuer', many: 'Guest issuers' },
  service_app: { one: 'Service app', many: 'Service apps' },
  embedded: { one: 'Embedded app', many: 'Embedded apps' },
};

/** A kind of app in words, of one or of several. */
export function wordsOfKind(kind: string, count = 1): string {
  const known = kinds[kind];
  if (!known) return kind;
  return count === 1 ? known.one : known.many;
}

/** A number with what is counted: "1 bot", "2 bots". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
