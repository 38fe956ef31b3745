import type { RoleName } from '@moothall/contract';
import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** What signing in asks about a person. */
export type Credentials = {
  personId: string;
  orgId: string;
  email: string;
  passwordHash: string | null;
  invitePending: boolean;
};

const COLUMNS = sql`id as "personId", org_id as "orgId", email, password_hash as "passwordHash",
  invite_pending as "invitePending"`;
const MAY_SIGN_IN = sql`type = 'person' and login_enabled and deleted_at is null`;

/** Who may sign in with an address, in any case. */
export async function findCredentials(db: Database, email: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${COLUMNS} from person where lower(email) = lower(${email}) and ${MAY_SIGN_IN}`.execute(db);
  return rows[0];
}

/** The same of one who may sign in, whose row nobody else changes before the transaction ends. */
export async function lockCredentials(db: Database, personId: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${COLUMNS} from person where id = ${personId} and ${MAY_SIGN_IN} for update`.execute(db);
  return rows[0];
}

/** Notes that somebody signed in: an invitation is accepted by that; `passwordHash` replaces an outdated one. */
export async function updateSignedIn(
  db: Database,
  personId: string,
  change: { now: Date; passwordHash?: string | undefined },
): Promise<void> {
  await sql`
    update person set invite_pending = false, last_activity = greatest(last_activity, ${change.now}),
      last_modified = case when invite_pending then ${change.now} else last_modified end,
      password_hash = coalesce(${change.passwordHash ?? null}, password_hash)
    where id = ${personId}`.execute(db);
}

/** What pages show of who is signed in. */
export type SignedIn = {
  displayName: string;
  email: string;
  orgId: string;
  organizationName: string;
  avatar: string | null;
  roles: RoleName[];
  hasPassword: boolean;
};

/** A person with the name of their organisation. */
export async function findSignedIn(db: Database, personId: string): Promise<SignedIn | undefined> {
  const { rows } = await sql<SignedIn>`
    select person.display_name as "displayName", email, org_id as "orgId",
      org.display_name as "organizationName", person.profile->>'avatar' as avatar, roles,
      password_hash is not null as "hasPassword"
    from person join org on org.id = org_id
    where person.id = ${personId} and deleted_at is null`.execute(db);
  return rows[0];
}
