/** Scopes of a bot's token: every bot has these and no choice (decided). */
export const botScopes: readonly string[] = [
  'spark:rooms_read',
  'spark:rooms_write',
  'spark:memberships_read',
  'spark:memberships_write',
  'spark:messages_read',
  'spark:messages_write',
  'spark:people_read',
  'spark:teams_read',
  'spark:teams_write',
  'spark:team_memberships_read',
  'spark:team_memberships_write',
  'spark:xapi_statuses',
  'spark:xapi_commands',
];
