import { idText, timeText } from '@moothall/contract';
import { z } from 'zod';
import { appType, iconName } from './app-fields.contract.ts';

/** People who authorised an integration, and how many of them it cannot use one of its scopes for (F58). */
const scopeDrift = z.strictObject({ scope: z.string(), lacking: z.int(), people: z.int() });

/** An app as the pages of its owner show it; no secrets. */
export const app = z.strictObject({
  id: z.uuid(),
  type: appType,
  name: z.string(),
  description: z.string(),
  iconName,
  /** Address of the uploaded icon; absent where the drawn one is shown. */
  iconUrl: z.string().optional(),
  state: z.string(),
  clientId: z.string(),
  applicationId: idText,
  orgId: idText,
  /** Absent where nobody answers for it. */
  owner: z
    .strictObject({ id: idText, email: z.string(), displayName: z.string(), active: z.boolean() })
    .optional(),
  bot: z.strictObject({ personId: idText, username: z.string(), email: z.string() }).optional(),
  integration: z
    .strictObject({
      redirectUris: z.array(z.string()),
      scopes: z.array(z.string()),
      usesMobileSdk: z.boolean(),
      /** Ready to be opened; the `state` in it is to be replaced. */
      authorizationUrl: z.string(),
      drift: z.array(scopeDrift),
    })
    .optional(),
  guestIssuer: z.strictObject({ issuerId: z.string() }).optional(),
  serviceApp: z.strictObject({ scopes: z.array(z.string()), contactEmail: z.string() }).optional(),
  embedded: z
    .strictObject({
      contexts: z.array(z.string()),
      validDomains: z.array(z.string()),
      startUrl: z.string().optional(),
      meetingStartUrl: z.string().optional(),
      spaceStartUrl: z.string().optional(),
      sidebarStartUrl: z.string().optional(),
      layout: z.string(),
      sidebarAlwaysOn: z.boolean(),
      summary: z.string().optional(),
      tagline: z.string().optional(),
    })
    .optional(),
  created: timeText,
  lastModified: timeText,
  /** To be sent back with a change. */
  version: z.string(),
});

/** A secret that was just made; shown this one time (F62). */
export const shownSecret = z.strictObject({
  kind: z.enum(['bot_token', 'client_secret', 'issuer_secret']),
  value: z.string(),
});
