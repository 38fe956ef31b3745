import type { changeApp } from '@moothall/platform/contracts';
import type { InputOf } from '../../data/operation-input.ts';
import type { DrawnIcon } from './app-icon.tsx';
import type { App, AppKind, NewApp } from './app-kinds.ts';

/** Places that an embedded app is shown in. */
export type Context = 'meeting' | 'space' | 'sidebar';

/** All fields of all kinds, as they are typed. */
export type AppDraft = {
  name: string;
  description: string;
  iconName: DrawnIcon;
  username: string;
  redirectUris: string[];
  scopes: string[];
  usesMobileSdk: boolean;
  contactEmail: string;
  contexts: Context[];
  summary: string;
  tagline: string;
  validDomains: string[];
  startUrl: string;
  meetingStartUrl: string;
  spaceStartUrl: string;
  sidebarStartUrl: string;
  layout: 'side_panel' | 'main_view';
  sidebarAlwaysOn: boolean;
};

/** A field of an app. */
export type AppField = keyof AppDraft;

/** What a form starts with. */
export const emptyDraft: AppDraft = {
  name: '',
  description: '',
  iconName: 'default-1',
  username: '',
  redirectUris: [''],
  scopes: [],
  usesMobileSdk: false,
  contactEmail: '',
  contexts: [],
  summary: '',
  tagline: '',
  validDomains: [''],
  startUrl: '',
  meetingStartUrl: '',
  spaceStartUrl: '',
  sidebarStartUrl: '',
  layout: 'side_panel',
  sidebarAlwaysOn: false,
};

const ofEveryKind: readonly AppField[] = ['name', 'description', 'iconName'];

/** Fields that a new app of a kind is made of. */
export const fieldsOfKind: Readonly<Record<AppKind, readonly AppField[]>> = {
  bot: [...ofEveryKind, 'username'],
  integration: [...ofEveryKind, 'redirectUris', 'scopes', 'usesMobileSdk'],
  guest_issuer: ofEveryKind,
  service_app: [...ofEveryKind, 'scopes', 'contactEmail'],
  embedded: [
    ...ofEveryKind,
    'contexts',
    'summary',
    'tagline',
    'validDomains',
    'startUrl',
    'meetingStartUrl',
    'spaceStartUrl',
    'sidebarStartUrl',
    'layout',
    'sidebarAlwaysOn',
  ],
};

const emptyMeansNone: ReadonlySet<AppField> = new Set([
  'summary',
  'tagline',
  'meetingStartUrl',
  'spaceStartUrl',
  'sidebarStartUrl',
]);

/** Lines of a list that nothing stands in are not sent. */
function filled(value: AppDraft[AppField]): AppDraft[AppField] {
  return Array.isArray(value) ? (value.filter((one) => one.trim() !== '') as string[]) : value;
}

/** The draft without the empty lines of its lists, so that a fault is told at the line that it is about. */
export function compacted(draft: AppDraft): AppDraft {
  const lines = (values: string[]) => {
    const some = values.filter((value) => value.trim() !== '');
    return some.length === 0 ? [''] : some;
  };
  return { ...draft, redirectUris: lines(draft.redirectUris), validDomains: lines(draft.validDomains) };
}

/** The form of a new app. */
export function newAppOf(type: AppKind, draft: AppDraft, requestId: string): NewApp {
  const fields = fieldsOfKind[type].filter((field) => !(emptyMeansNone.has(field) && draft[field] === ''));
  const values = fields.map((field) => [field, filled(draft[field])]);
  // Which fields a kind has is said above and checked by the contract; types cannot follow.
  return { type, requestId, ...Object.fromEntries(values) } as NewApp;
}

/** The form of an app as it is. */
export function draftOf(app: App): AppDraft {
  const { name, description, iconName, bot, integration, serviceApp, embedded } = app;
  const known = {
    name,
    description,
    iconName,
    ...(bot && { username: bot.username }),
    ...integration,
    ...serviceApp,
    ...embedded,
  };
  const fields = Object.keys(emptyDraft) as AppField[];
  const values = fields.map((field) => [field, (known as Partial<AppDraft>)[field] ?? emptyDraft[field]]);
  return Object.fromEntries(values) as AppDraft;
}

/** What is sent of a changed form. */
export function changeOf(app: App, edits: Partial<AppDraft>): InputOf<typeof changeApp>['body'] {
  const entries = Object.entries(edits) as [AppField, AppDraft[AppField]][];
  const values = entries.map(([field, value]) => [field, filled(value)]);
  return { version: app.version, ...Object.fromEntries(values) };
}
