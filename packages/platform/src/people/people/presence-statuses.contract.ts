/** What a person can say of their presence (documented: status of people). */
export const presenceStatuses = [
  'active',
  'inactive',
  'dnd',
  'ooo',
  'call',
  'meeting',
  'presenting',
] as const;
