import { useSession } from '../../app/use-session.ts';
import { anyOf, wordsOfRole } from './role-words.ts';

const full = ['full_admin'] as const;

/** What the signed-in administrator may do by their roles; the server decides for itself. */
export function useAdministrator() {
  const { data } = useSession();
  const roles = data?.person.roles ?? [];
  const holds = (...any: readonly string[]) => any.some((role) => roles.includes(role));
  const lacks = (...any: readonly string[]) => (holds(...any) ? undefined : reasonOf(any, roles));
  return {
    personId: data?.person.id,
    isFull: holds(...full),
    mayReadAuditLog: holds('full_admin', 'readonly_admin'),
    mayReadServiceApps: holds('full_admin', 'readonly_admin'),
    /** Why settings and apps cannot be changed; undefined for who may. */
    lacksFull: lacks(...full),
    /** Why people cannot be changed; undefined for who may. */
    lacksPeople: lacks('full_admin', 'user_admin'),
  };
}

function reasonOf(needed: readonly string[], held: readonly string[]): string {
  const take = anyOf(needed.map((role) => wordsOfRole(role).toLowerCase()));
  const own = anyOf(held.map((role) => wordsOfRole(role).toLowerCase()));
  return `You can look, but not change anything here: that takes the role of a ${take}. Your role is ${own || 'none'}.`;
}
