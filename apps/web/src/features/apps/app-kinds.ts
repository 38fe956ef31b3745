import type { createApp, getApp } from '@moothall/platform/contracts';
import type { InputOf, ReplyOf } from '../../data/operation-input.ts';

/** An app as the server tells of it. */
export type App = ReplyOf<typeof getApp>;
/** A kind of app. */
export type AppKind = App['type'];
/** What is sent to make an app. */
export type NewApp = InputOf<typeof createApp>['body'];

/** What a kind is, in the words of the pages. */
export type KindWords = {
  name: string;
  /** With its article, inside a sentence. */
  one: string;
  /** What it is for. */
  what: string;
  /** When it is the right choice. */
  choose: string;
  isDeprecated?: boolean;
};

/** The kinds, in the order in which they are offered. */
export const appKinds: Readonly<Record<AppKind, KindWords>> = {
  integration: {
    name: 'Integration',
    one: 'an integration',
    what: 'Acts for people who allow it: reads and writes what they may, with their permission.',
    choose: 'Take it when your program works on behalf of the people who use it.',
  },
  bot: {
    name: 'Bot',
    one: 'a bot',
    what: 'Has an account of its own. People add it to spaces and talk to it there.',
    choose: 'Take it when your program takes part in conversations as itself.',
  },
  service_app: {
    name: 'Service App',
    one: 'a service app',
    what: 'Acts for a whole organisation, after an administrator has authorised it.',
    choose: 'Take it for work that must go on when people come and go.',
  },
  guest_issuer: {
    name: 'Guest Issuer',
    one: 'a guest issuer',
    what: 'Lets visitors of your site in as guests, who have no account.',
    choose: 'Deprecated: for new work make a service app, which can issue guests too.',
    isDeprecated: true,
  },
  embedded: {
    name: 'Embedded App',
    one: 'an embedded app',
    what: 'A web page that is shown inside of meetings, spaces or the sidebar.',
    choose: 'Take it when people should see and use your page while they meet or write.',
  },
};

/** Whether a text of an address names a kind. */
export function isAppKind(text: string): text is AppKind {
  return Object.hasOwn(appKinds, text);
}

const stateWords: Readonly<
  Record<string, { text: string; tone: 'neutral' | 'info' | 'success' | 'warning' }>
> = {
  active: { text: 'Active', tone: 'success' },
  draft: { text: 'Draft', tone: 'neutral' },
  authorization_requested: { text: 'Waits for an administrator', tone: 'info' },
  authorized: { text: 'Authorised', tone: 'success' },
  revoked: { text: 'Revoked', tone: 'warning' },
  in_development: { text: 'In development', tone: 'info' },
};

/** States that one can look for. */
export const appStates = Object.entries(stateWords).map(([value, { text }]) => ({ value, label: text }));

/** A state in words. */
export function wordsOfState(state: string) {
  return stateWords[state] ?? { text: state.replaceAll('_', ' '), tone: 'neutral' as const };
}
