/** Names of roles as people say them. */
export const roleWords: Readonly<Record<string, string>> = {
  full_admin: 'Full administrator',
  readonly_admin: 'Read-only administrator',
  user_admin: 'User administrator',
  device_admin: 'Device administrator',
  compliance_officer: 'Compliance officer',
  site_admin: 'Site administrator',
  support_admin: 'Support administrator',
};

/** A role in words; one that is not known as it is. */
export function wordsOfRole(role: string): string {
  return roleWords[role] ?? role.replaceAll('_', ' ');
}

/** Several things in a sentence: "a, b or c". */
export function anyOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
