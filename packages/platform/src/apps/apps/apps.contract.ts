import { type Access, listOf, operation, pageAccess, pageSize, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { availabilityErrors } from '../availability/availability.errors.ts';
import { app, shownSecret } from './app.contract.ts';
import {
  appName,
  appType,
  contactEmail,
  description,
  embeddedFields,
  iconName,
  redirectUris,
  scopes,
} from './app-fields.contract.ts';
import { appErrors } from './apps.errors.ts';

const testedBy = [
  'packages/platform/src/apps/apps/portal-apps.test.ts',
  'packages/platform/src/apps/apps/app-forms.test.ts',
];
const coverage = { status: 'done', testedBy } as const;
const onPortal = { base: '/portal/api', plane: 'page', source: 'decided', coverage } as const;

/** Owners, and for what must go on without them full administrators of the app's organisation (F63). */
const ownerOrAdmin: Access = {
  session: 'portal',
  grants: [
    { as: 'user', scopes: [] },
    { as: 'admin', scopes: [], roles: ['full_admin'] },
  ],
};

const params = z.object({ id: wireUuid() });

/** Of two requests with the same id one makes the app; the header `Idempotency-Key` says the same. */
const requestId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 printable characters')
  .optional();

const ofEveryKind = {
  name: appName,
  description: description.default(''),
  iconName: iconName.optional(),
  requestId,
};

const newApp = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bot'), ...ofEveryKind, username: z.string().max(256) }),
  z.object({
    type: z.literal('integration'),
    ...ofEveryKind,
    redirectUris,
    scopes,
    usesMobileSdk: z.boolean().default(false),
  }),
  z.object({ type: z.literal('guest_issuer'), ...ofEveryKind }),
  z.object({ type: z.literal('service_app'), ...ofEveryKind, scopes, contactEmail }),
  z.object({
    type: z.literal('embedded'),
    ...ofEveryKind,
    ...embeddedFields,
    summary: embeddedFields.summary.optional(),
    tagline: embeddedFields.tagline.optional(),
    meetingStartUrl: embeddedFields.meetingStartUrl.optional(),
    spaceStartUrl: embeddedFields.spaceStartUrl.optional(),
    sidebarStartUrl: embeddedFields.sidebarStartUrl.optional(),
    layout: embeddedFields.layout.default('side_panel'),
    sidebarAlwaysOn: embeddedFields.sidebarAlwaysOn.default(false),
  }),
]);

/** What somebody fills in for a new app. */
export type NewAppForm = z.output<typeof newApp>;

function orNone<Schema extends z.ZodType>(schema: Schema) {
  return z.literal('').or(schema);
}

const appChange = z.object({
  version: z.string().regex(/^\d{1,9}$/, 'expected the version that was read'),
  name: appName.optional(),
  description: description.optional(),
  /** Choosing a drawn icon takes an uploaded one away. */
  iconName: iconName.optional(),
  /** Never changes; named so that a change of it is refused instead of ignored. */
  username: z.string().optional(),
  redirectUris: redirectUris.optional(),
  scopes: scopes.optional(),
  usesMobileSdk: z.boolean().optional(),
  contactEmail: contactEmail.optional(),
  ...z.object(embeddedFields).partial().shape,
  // An empty text takes the address away.
  meetingStartUrl: orNone(embeddedFields.meetingStartUrl).optional(),
  spaceStartUrl: orNone(embeddedFields.spaceStartUrl).optional(),
  sidebarStartUrl: orNone(embeddedFields.sidebarStartUrl).optional(),
});

/** What changes of an app. */
export type AppChange = z.output<typeof appChange>;

/** Lists the caller's own apps, newest first. */
export const listApps = operation({
  ...onPortal,
  id: 'portal.apps.list',
  method: 'GET',
  path: '/apps',
  summary: 'List my apps',
  access: pageAccess('portal'),
  query: z.object({
    type: appType.optional(),
    state: z.string().max(64).optional(),
    q: z.string().trim().max(255).optional(),
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(app),
});

/** Tells which kinds of apps the caller can make, before a form is filled in for nothing (F50, F79). */
export const listAppKinds = operation({
  ...onPortal,
  id: 'portal.appKinds.list',
  method: 'GET',
  path: '/app-kinds',
  summary: 'List the kinds of apps that I can create',
  access: pageAccess('portal'),
  response: listOf(
    z.strictObject({
      type: appType,
      /** Why not; absent for what the caller can make. */
      refusal: z.string().optional(),
      /** Whether a Developer Sandbox would help. */
      offersSandbox: z.boolean(),
    }),
  ),
});

/** Creates an app. The secret of the reply is never told again. */
export const createApp = operation({
  ...onPortal,
  id: 'portal.apps.create',
  method: 'POST',
  path: '/apps',
  summary: 'Create an app',
  access: pageAccess('portal'),
  body: newApp,
  response: z.strictObject({ app, secret: shownSecret.optional() }),
  errors: [
    appErrors['app.request_reused'],
    appErrors['app.username_taken'],
    appErrors['app.username_refused'],
    appErrors['app.scope_unknown'],
    appErrors['app.integration_limit'],
    appErrors['app.embedded_needs_organization'],
    availabilityErrors['apps.not_in_gov'],
  ],
});

/** Shows an app. */
export const getApp = operation({
  ...onPortal,
  id: 'portal.apps.get',
  method: 'GET',
  path: '/apps/{id}',
  summary: 'Show an app',
  access: ownerOrAdmin,
  params,
  response: app,
  errors: [appErrors['app.not_found']],
});

/** Changes an app; tokens and grants that exist keep what they have (F58). */
export const changeApp = operation({
  ...onPortal,
  id: 'portal.apps.change',
  method: 'PATCH',
  path: '/apps/{id}',
  summary: 'Change an app',
  access: pageAccess('portal'),
  params,
  body: appChange,
  response: app,
  errors: [
    appErrors['app.not_found'],
    appErrors['app.changed_meanwhile'],
    appErrors['app.field_not_of_kind'],
    appErrors['app.scope_unknown'],
  ],
});

/** Deletes an app: a bot's account ends, what people allowed an integration is revoked. */
export const deleteApp = operation({
  ...onPortal,
  id: 'portal.apps.delete',
  method: 'DELETE',
  path: '/apps/{id}',
  summary: 'Delete an app',
  access: ownerOrAdmin,
  params,
  errors: [appErrors['app.not_found']],
});

/** Makes the secret of an app anew; the old one stops at once. */
export const regenerateSecret = operation({
  ...onPortal,
  id: 'portal.apps.regenerateSecret',
  method: 'POST',
  path: '/apps/{id}/secret',
  summary: 'Make a new secret',
  access: ownerOrAdmin,
  params,
  response: z.strictObject({ secret: shownSecret }),
  errors: [appErrors['app.not_found'], appErrors['app.no_secret']],
});

/** Makes the token of a bot anew; the old one stops at once. */
export const regenerateToken = operation({
  ...onPortal,
  id: 'portal.apps.regenerateToken',
  method: 'POST',
  path: '/apps/{id}/token',
  summary: 'Make a new bot token',
  access: ownerOrAdmin,
  params,
  response: z.strictObject({ secret: shownSecret }),
  errors: [appErrors['app.not_found'], appErrors['app.no_token']],
});

/** Takes an image as the icon of an app: one file part of a form, PNG or JPEG. */
export const uploadIcon = operation({
  ...onPortal,
  id: 'portal.apps.uploadIcon',
  method: 'POST',
  path: '/apps/{id}/icon',
  summary: 'Upload an icon',
  access: pageAccess('portal'),
  params,
  multipart: true,
  body: z.object({}),
  response: app,
  errors: [appErrors['app.not_found'], appErrors['app.icon_refused']],
});

/** Shows an uploaded icon; consent pages and avatars show it to anybody. */
export const getIcon = operation({
  ...onPortal,
  id: 'portal.apps.icon',
  method: 'GET',
  path: '/apps/{id}/icon',
  summary: 'Show an icon',
  params,
  replies: 'bytes',
  errors: [appErrors['app.no_icon']],
});

/** Tells while somebody types whether a name is free for a bot. */
export const checkBotUsername = operation({
  ...onPortal,
  id: 'portal.botUsernames.check',
  method: 'GET',
  path: '/bot-usernames/{name}',
  summary: "Check a bot's name",
  access: pageAccess('portal'),
  params: z.object({ name: z.string().max(256) }),
  response: z.strictObject({
    username: z.string(),
    email: z.string(),
    available: z.boolean(),
    reason: z.string().optional(),
  }),
});

/** Tells programs where apps are made (F61): whoever asks, by whatever token. */
export const createApplication = operation({
  id: 'applications.create',
  method: 'POST',
  path: '/applications',
  summary: 'Refused: apps are made in the portal',
  errors: [appErrors['app.portal_only']],
  source: 'decided',
  coverage,
});
