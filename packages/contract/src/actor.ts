import type { Uuid } from '@moothall/core';
import type { RoleName } from './access.ts';

/** Kinds of accounts. `appuser` is a guest. */
export type PersonType = 'person' | 'bot' | 'appuser';

/** Who calls: a person, bot or guest with the token they showed. */
export type Actor = {
  personId: Uuid;
  orgId: Uuid;
  type: PersonType;
  email: string;
  displayName: string;
  roles: ReadonlySet<RoleName>;
  licenses: ReadonlySet<string>;
  scopes: ReadonlySet<string>;
  /** Of a page's caller the id of their session. */
  tokenId: Uuid;
  /** Set where a page's session lets in, and no token. */
  sessionId?: Uuid;
  /** The app that the token was issued to; absent for personal tokens. */
  appId?: string;
};
