/** Scopes of every guest's token (decided): take part where they were invited, and no more. */
export const guestScopes: readonly string[] = [
  'spark:kms',
  'spark:memberships_read',
  'spark:memberships_write',
  'spark:messages_read',
  'spark:messages_write',
  'spark:people_read',
  'spark:rooms_read',
];
