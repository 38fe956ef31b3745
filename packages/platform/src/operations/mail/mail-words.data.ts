/** The words of one kind of mail; `{name}` is filled in, and a line with an unknown value is left out. */
export type MailWords = {
  subject: string;
  /** Paragraphs before the link. */
  before: readonly string[];
  /** Where it leads: to the sealed link, or to a page of this server. */
  link?: { to: 'secret' | `/${string}`; label: string };
  /** Paragraphs after the link. */
  after: readonly string[];
};

/** Every mail that is sent, by its kind. Subjects hold nothing that lets anybody in. */
export const mailWords = {
  invitation: {
    subject: 'Invitation to {org}',
    before: ['You are invited to {org}.', 'The invitation comes from {inviter}.'],
    link: { to: 'secret', label: 'Accept the invitation' },
    after: ['The link works once, until {expires}.', 'If you do not know why you got this, do nothing.'],
  },
  password_reset: {
    subject: 'Choose a new password',
    before: ['Somebody asked for a new password for your account {to} of {org}.'],
    link: { to: 'secret', label: 'Choose a new password' },
    after: [
      'The link works once, until {expires}.',
      'If it was not you, do nothing: your password stays as it is.',
    ],
  },
  sandbox: {
    subject: 'Your developer sandbox {name}',
    before: [
      'Your developer sandbox {name} is an organisation of its own, to try things in.',
      'The link signs you in as its administrator, {adminEmail}.',
    ],
    link: { to: 'secret', label: 'Open the sandbox' },
    after: ['The link works once, until {expires}.', 'If you did not ask for a sandbox, do nothing.'],
  },
  sandbox_ending: {
    subject: 'Your developer sandbox {name} ends soon',
    before: [
      'Nobody has used your developer sandbox {name} for a long time.',
      'It ends on {endsAt}, unless somebody uses it before.',
    ],
    link: { to: '/portal/sandbox', label: 'Keep the sandbox' },
    after: [],
  },
  sandbox_ended: {
    subject: 'Your developer sandbox {name} has ended',
    before: [
      'Nobody had used your developer sandbox {name} for a long time, so it ended on {endsAt}.',
      'Nobody can sign in to it any more. You can get a new one.',
    ],
    link: { to: '/portal/sandbox', label: 'Get a new sandbox' },
    after: [],
  },
  app_received: {
    subject: 'The app {appName} is yours now',
    before: ['The app {appName} of {org} was given to you.', 'You may now change it and end it.'],
    link: { to: '/portal/apps', label: 'See your apps' },
    after: [],
  },
  app_given_away: {
    subject: 'The app {appName} belongs to {newOwner} now',
    before: ['The app {appName} of {org}, which was yours, was given to {newOwner}.'],
    link: { to: '/portal/apps', label: 'See your apps' },
    after: ['If you think that is wrong, ask the administrators of {org}.'],
  },
} as const satisfies Record<string, MailWords>;

/** Last lines of every mail. */
export const mailFooter: readonly string[] = [
  'Help: {support}',
  'This mail was written by a program at {server}; nobody reads answers to it.',
];
