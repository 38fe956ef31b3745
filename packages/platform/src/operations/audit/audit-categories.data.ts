/** Kinds of audited actions, with what they are called (decided, after the public audit categories). */
export const auditCategories = {
  APP_CREATED: 'An app was created',
  APP_UPDATED: 'An app was changed',
  APP_DELETED: 'An app was deleted',
  APP_TRANSFERRED: 'An app was given to another owner',
  APP_SECRET_REGENERATED: 'A secret or token of an app was made anew',
  INTEGRATION_POLICY_CHANGED: 'Who may use an integration was changed',
  BOT_POLICY_CHANGED: 'Which bots may be added was changed',
  SERVICE_APP_AUTHORIZED: 'A service app was authorised or its authorisation ended',
  AUTHORIZATION_REVOKED: 'What a person allowed an app was revoked',
  SESSION_ENDED: 'A session was ended',
  USER_CREATED: 'A person was added',
  USER_UPDATED: 'A person was changed',
  USER_DELETED: 'A person was deleted',
  ROLES_CHANGED: 'The roles of a person were changed',
  LICENSES_CHANGED: 'The licences of a person were changed',
  ORGANIZATION_UPDATED: 'Settings of the organisation were changed',
  SANDBOX_CREATED: 'A developer sandbox was created',
} as const;

/** Name of a kind of audited actions. */
export type AuditCategory = keyof typeof auditCategories;
