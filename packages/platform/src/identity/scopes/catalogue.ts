import { scopeWords } from './scopes.data.ts';

/** Who can give a scope to an app: anybody for themselves, or only who holds the role that it needs. */
export type Grantor = 'user' | 'admin' | 'compliance';

/** A scope that apps may register and ask for. */
export type Scope = {
  name: string;
  /** What it lets an app do, in words that follow "the app may". */
  words: string;
  /** The group that pages list it under. */
  area: 'messaging' | 'meetings' | 'devices' | 'calling' | 'administration' | 'compliance' | 'sign-in';
  grantor: Grantor;
};

const ADMIN = /^(spark-admin|identity|audit|analytics|guest-issuer):|^meeting:admin_/;

function grantorOf(name: string): Grantor {
  if (name.startsWith('spark-compliance:')) return 'compliance';
  return ADMIN.test(name) ? 'admin' : 'user';
}

function areaOf(name: string): Scope['area'] {
  if (name.startsWith('spark-compliance:')) return 'compliance';
  if (/^(meeting|guest-meeting):/.test(name)) return 'meetings';
  if (ADMIN.test(name)) return 'administration';
  if (/^spark:(devices|places|workspaces|xapi)_/.test(name)) return 'devices';
  if (name.startsWith('spark:calls_')) return 'calling';
  return name.startsWith('spark:') ? 'messaging' : 'sign-in';
}

/** Every scope there is (documented); an app can register these and no others. */
export const scopeCatalogue: readonly Scope[] = Object.entries(scopeWords).map(([name, words]) => ({
  name,
  words,
  area: areaOf(name),
  grantor: grantorOf(name),
}));

const byName = new Map(scopeCatalogue.map((scope) => [scope.name, scope]));

/** A scope of the catalogue; undefined for a name that is none. */
export function findScope(name: string): Scope | undefined {
  return byName.get(name);
}
