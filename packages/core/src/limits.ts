import type { RuleSource } from './errors.ts';

/** One row of the ledger of limits. */
export type LimitSpec = { value: number; unit: string; what: string; source: RuleSource };

/** The ledger: every number that a rule of the product turns on, in one table. */
export const limitLedger = {
  'token.active_per_account': {
    value: 750,
    unit: 'tokens',
    what: 'active access tokens of one account',
    source: 'documented',
  },
  'token.personal_lifetime': {
    value: 43_200,
    unit: 's',
    what: 'lifetime of a personal access token',
    source: 'documented',
  },
  'token.lab_lifetime': {
    value: 1_209_600,
    unit: 's',
    what: 'lifetime of a token minted in the lab',
    source: 'decided',
  },
  'token.grant_lifetime': {
    value: 1_209_600,
    unit: 's',
    what: 'lifetime of an access token of an integration',
    source: 'documented',
  },
  'token.refresh_lifetime': {
    value: 7_776_000,
    unit: 's',
    what: 'lifetime of a refresh token, whole again at each refresh',
    source: 'documented',
  },
  'oauth.code_lifetime': {
    value: 300,
    unit: 's',
    what: 'lifetime of an authorization code',
    source: 'decided',
  },
  'oauth.code_kept': {
    value: 86_400,
    unit: 's',
    what: 'how long an ended authorization code is known, so that its replay is seen',
    source: 'decided',
  },
  'guest.login_lifetime': {
    value: 21_599,
    unit: 's',
    what: 'lifetime of the token of a guest who signs in by JWT',
    source: 'as-observed',
  },
  'guest.token_lifetime': {
    value: 64_799,
    unit: 's',
    what: 'lifetime of a token of the guest management API',
    source: 'documented',
  },
  'guest.assertion_lifetime': {
    value: 31_536_000,
    unit: 's',
    what: "time to the expiry of a guest's JWT at most",
    source: 'decided',
  },
  'guest.subject': { value: 256, unit: 'characters', what: 'subject of a guest', source: 'decided' },
  'oauth.device_code_lifetime': {
    value: 300,
    unit: 's',
    what: 'lifetime of a device code',
    source: 'documented',
  },
  'oauth.device_interval': {
    value: 2,
    unit: 's',
    what: 'least time between two questions of a device',
    source: 'documented',
  },
  'oauth.id_token_lifetime': {
    value: 3600,
    unit: 's',
    what: 'lifetime of an id_token',
    source: 'decided',
  },
  'session.lifetime': {
    value: 604_800,
    unit: 's',
    what: 'lifetime of a session of our pages',
    source: 'decided',
  },
  'session.use_interval': {
    value: 60,
    unit: 's',
    what: 'least time between two stored uses of a token or session',
    source: 'decided',
  },
  'session.new_password_within': {
    value: 3600,
    unit: 's',
    what: 'time in which who came by a link may choose a password without the one before',
    source: 'decided',
  },
  'password.memory': {
    value: 19_456,
    unit: 'KiB',
    what: 'memory of one hash of a password (argon2id)',
    source: 'decided',
  },
  'password.passes': {
    value: 2,
    unit: 'passes',
    what: 'passes of one hash of a password (argon2id)',
    source: 'decided',
  },
  'password.hashed_at_once': {
    value: 2,
    unit: 'hashes',
    what: 'passwords that a process hashes at once',
    source: 'decided',
  },
  'password.waiting': {
    value: 100,
    unit: 'hashes',
    what: 'passwords that wait to be hashed; more are refused with 503',
    source: 'decided',
  },
  'password.length': {
    value: 12,
    unit: 'characters',
    what: 'password that people choose, at least',
    source: 'decided',
  },
  'password.size': { value: 1024, unit: 'bytes', what: 'password in UTF-8', source: 'decided' },
  'sign_in.window': {
    value: 900,
    unit: 's',
    what: 'time over which failed sign-ins are counted',
    source: 'decided',
  },
  'sign_in.tries_per_pair': {
    value: 10,
    unit: 'tries',
    what: 'failed sign-ins to one account from one address',
    source: 'decided',
  },
  'sign_in.tries_per_account': {
    value: 50,
    unit: 'tries',
    what: 'failed sign-ins to one account from all addresses',
    source: 'decided',
  },
  'sign_in.tries_per_address': {
    value: 100,
    unit: 'tries',
    what: 'failed sign-ins to all accounts from one address',
    source: 'decided',
  },
  'sign_in.resets_per_account': {
    value: 5,
    unit: 'mails',
    what: 'mails with a link to a new password to one account within the time that failed sign-ins are counted over',
    source: 'decided',
  },
  'sign_in_link.lifetime': {
    value: 86_400,
    unit: 's',
    what: 'lifetime of a link that signs in once',
    source: 'decided',
  },
  'audit.max_offset': {
    value: 10_000,
    unit: 'events',
    what: 'audit events that `offset` may pass over',
    source: 'decided',
  },
  'message.body': {
    value: 7439,
    unit: 'bytes',
    what: 'text or markdown of a message, each, in UTF-8',
    source: 'documented',
  },
  'message.files': { value: 1, unit: 'files', what: 'files of a message', source: 'documented' },
  'message.attachments': { value: 1, unit: 'cards', what: 'cards of a message', source: 'documented' },
  'message.edits': { value: 10, unit: 'edits', what: 'edits of a message', source: 'documented' },
  'message.page_default': {
    value: 50,
    unit: 'items',
    what: 'messages of a page unless said',
    source: 'documented',
  },
  'message.page_max': { value: 1000, unit: 'items', what: 'messages of a page at most', source: 'decided' },
  'message.page_max_mentioned': {
    value: 100,
    unit: 'items',
    what: 'messages of a page at most with mentionedPeople',
    source: 'documented',
  },
  'message.commit_batch': {
    value: 512,
    unit: 'messages',
    what: 'messages of one shared commit at most',
    source: 'decided',
  },
  'file.size': { value: 104_857_600, unit: 'bytes', what: 'size of a file', source: 'documented' },
  'file.fetch_timeout': {
    value: 30_000,
    unit: 'ms',
    what: 'whole time to fetch a file by URL',
    source: 'decided',
  },
  'card.size': { value: 22_528, unit: 'bytes', what: 'JSON of a card', source: 'decided' },
  'card.actions': {
    value: 5,
    unit: 'actions',
    what: 'top-level actions of a card that are rendered',
    source: 'documented',
  },
  'people.ids_per_lookup': {
    value: 85,
    unit: 'ids',
    what: 'ids of one lookup of people',
    source: 'documented',
  },
  'people.page_max_calling': {
    value: 100,
    unit: 'items',
    what: 'people of a page with calling data',
    source: 'documented',
  },
  'people.page_max_location': {
    value: 50,
    unit: 'items',
    what: 'people of a page of those at a location',
    source: 'documented',
  },
  'people.inactive_after': {
    value: 600,
    unit: 's',
    what: 'idle time after which the status is inactive',
    source: 'documented',
  },
  'people.unknown_after': {
    value: 2_592_000,
    unit: 's',
    what: 'idle time after which the status is unknown',
    source: 'documented',
  },
  'people.activity_interval': {
    value: 60,
    unit: 's',
    what: 'least time between two stored activities of a person',
    source: 'decided',
  },
  'people.name': {
    value: 256,
    unit: 'characters',
    what: 'name of a person, each part',
    source: 'decided',
  },
  'people.detail': {
    value: 1024,
    unit: 'characters',
    what: 'any other text of a person, each',
    source: 'decided',
  },
  'people.list': {
    value: 50,
    unit: 'items',
    what: 'phone numbers, addresses or sites of a person, each',
    source: 'decided',
  },
  'people.invitations': {
    value: 200,
    unit: 'addresses',
    what: 'addresses that are invited at once',
    source: 'decided',
  },
  'sandbox.people': {
    value: 10,
    unit: 'people',
    what: 'people of a developer sandbox',
    source: 'documented',
  },
  'sandbox.idle_end': {
    value: 7_776_000,
    unit: 's',
    what: 'time without activity after which a developer sandbox ends',
    source: 'decided',
  },
  'sandbox.warn_before': {
    value: 1_209_600,
    unit: 's',
    what: 'time before the end of a developer sandbox at which its developer is told',
    source: 'decided',
  },
  'license.users': {
    value: 300,
    unit: 'people',
    what: 'people of a page of those who hold a licence',
    source: 'documented',
  },
  'page.default': { value: 100, unit: 'items', what: 'items of a page unless said', source: 'documented' },
  'page.max': { value: 1000, unit: 'items', what: 'items of a page at most', source: 'decided' },
  'room.members': { value: 5000, unit: 'people', what: 'members of a room', source: 'decided' },
  'room.title': {
    value: 1024,
    unit: 'characters',
    what: 'title of a room or name of a team',
    source: 'decided',
  },
  'room.description': {
    value: 2048,
    unit: 'characters',
    what: 'description of a room or team',
    source: 'decided',
  },
  'room.tabs': { value: 50, unit: 'tabs', what: 'tabs of a room', source: 'decided' },
  'room_tab.url': { value: 2048, unit: 'characters', what: 'URL of a room tab', source: 'decided' },
  'room_tab.name': { value: 256, unit: 'characters', what: 'name of a room tab', source: 'decided' },
  'webhook.per_account': {
    value: 30_000,
    unit: 'webhooks',
    what: 'webhooks of one account',
    source: 'documented',
  },
  'webhook.timeout': {
    value: 10_000,
    unit: 'ms',
    what: 'time in which a target must answer',
    source: 'decided',
  },
  'webhook.tries': { value: 3, unit: 'tries', what: 'tries of one delivery', source: 'decided' },
  'webhook.failures': {
    value: 100,
    unit: 'failures',
    what: 'failed tries within the window that make a webhook inactive',
    source: 'documented',
  },
  'webhook.failure_window': {
    value: 300,
    unit: 's',
    what: 'window in which failed tries are counted',
    source: 'documented',
  },
  'webhook.probation': {
    value: 300,
    unit: 's',
    what: 'time after a revival in which one failure deactivates',
    source: 'documented',
  },
  'webhook.response_kept': {
    value: 4096,
    unit: 'bytes',
    what: 'bytes of an answer kept in the delivery log',
    source: 'decided',
  },
  'webhook.log_kept': {
    value: 2_592_000,
    unit: 's',
    what: 'how long finished deliveries are kept',
    source: 'decided',
  },
  'webhook.response_read': {
    value: 262_144,
    unit: 'bytes',
    what: 'bytes of an answer that a target may send',
    source: 'decided',
  },
  'webhook.second_try_after': {
    value: 5,
    unit: 's',
    what: 'time from a first failed try to the second',
    source: 'decided',
  },
  'webhook.later_try_after': {
    value: 30,
    unit: 's',
    what: 'time between later tries of a delivery',
    source: 'decided',
  },
  'webhook.name': { value: 1024, unit: 'characters', what: 'name of a webhook', source: 'decided' },
  'webhook.secret': { value: 1024, unit: 'characters', what: 'secret of a webhook', source: 'decided' },
  'webhook.filter': { value: 4096, unit: 'characters', what: 'filter of a webhook', source: 'decided' },
  'request.body': {
    value: 1_048_576,
    unit: 'bytes',
    what: 'request body other than an upload',
    source: 'decided',
  },
  'request.rate': {
    value: 300,
    unit: 'requests/min',
    what: 'requests of one user to most operations',
    source: 'documented',
  },
  'request.rate_messages': {
    value: 600,
    unit: 'requests/min',
    what: 'requests of one user to people and messages',
    source: 'documented',
  },
  'request.rate_bot': { value: 3000, unit: 'requests/min', what: 'requests of one bot', source: 'decided' },
  'app.integrations_per_account': {
    value: 20,
    unit: 'integrations',
    what: 'integrations that one account owns',
    source: 'documented',
  },
  'app.name': { value: 255, unit: 'characters', what: 'name of an app', source: 'decided' },
  'app.description': {
    value: 1024,
    unit: 'characters',
    what: 'description of an app',
    source: 'documented',
  },
  'app.summary': { value: 256, unit: 'characters', what: 'summary of an app', source: 'documented' },
  'app.tagline': { value: 24, unit: 'characters', what: 'tagline of an app', source: 'documented' },
  'app.icon_edge': {
    value: 512,
    unit: 'pixels',
    what: 'width and height of an uploaded icon',
    source: 'documented',
  },
  'app.icon_size': { value: 1_048_576, unit: 'bytes', what: 'size of an uploaded icon', source: 'decided' },
  'app.redirect_uris': {
    value: 50,
    unit: 'addresses',
    what: 'redirect URIs of an integration',
    source: 'decided',
  },
  'app.url': { value: 2048, unit: 'characters', what: 'an address of an app, each', source: 'decided' },
  'app.domains': { value: 50, unit: 'domains', what: 'valid domains of an embedded app', source: 'decided' },
  'bot.username': {
    value: 64,
    unit: 'characters',
    what: "name of a bot's address before the @",
    source: 'decided',
  },
  'trace.kept': { value: 5000, unit: 'requests', what: 'decision traces kept for why', source: 'decided' },
} as const satisfies Record<string, LimitSpec>;

/** Name of a limit. */
export type LimitName = keyof typeof limitLedger;

/** The limits in force in one world. */
export interface Limits {
  /** The value in the ledger's unit. */
  get(name: LimitName): number;
}

/**
 * Limits with the operator's overrides.
 * @throws RangeError naming the first override that is unknown or not a positive number
 */
export function createLimits(overrides: Record<string, number> = {}): Limits {
  for (const [name, value] of Object.entries(overrides)) {
    if (!(name in limitLedger)) throw new RangeError(`unknown limit '${name}'`);
    if (!(Number.isFinite(value) && value > 0))
      throw new RangeError(`limit '${name}' must be a positive number`);
  }
  return { get: (name) => overrides[name] ?? limitLedger[name].value };
}
