import type { PersonType, RoleName } from '@moothall/contract';
import type { JsonColumn, Migration } from '@moothall/store';
import type { ColumnType, Selectable } from 'kysely';
import type { presenceStatuses } from './presence-statuses.contract.ts';

type Labelled<Type extends string> = { type: Type; value: string; primary?: boolean | undefined };

/** A postal address of a person. */
export type PostalAddress = Partial<
  Record<'type' | 'country' | 'locality' | 'region' | 'streetAddress' | 'postalCode', string | undefined>
>;

/** Details of a person that no rule turns on; keys and ids as on the wire. */
export type PersonProfile = {
  nickName?: string;
  firstName?: string;
  lastName?: string;
  avatar?: string;
  department?: string;
  manager?: string;
  managerId?: string;
  title?: string;
  timezone?: string;
  locationId?: string;
  extension?: string;
  phoneNumbers?: Labelled<'work' | 'work_extension' | 'mobile' | 'fax'>[];
  sipAddresses?: Labelled<'personal-room' | 'enterprise' | 'cloud-calling'>[];
  addresses?: PostalAddress[];
  siteUrls?: string[];
  /** False: their presence is shown to nobody, and nobody's to them (F37); shared unless said. */
  sharesPresence?: boolean;
};

/** What a person said of their presence; times as ISO texts. */
export type SetPresence = {
  status: (typeof presenceStatuses)[number];
  label?: string | undefined;
  since: string;
  /** Absent: until they say something else. */
  until?: string | undefined;
};

/** What is kept of it. */
type StoredPresence = {
  set?: SetPresence | undefined;
  /** When the job comes that looks whether it is over. */
  checkAt?: string | undefined;
};

/** A person, bot or guest; a directory table. Deleted people keep their row, so that what they wrote keeps a name. */
export type PersonTable = {
  id: string;
  org_id: string;
  type: PersonType;
  /** As it was given; unique in any case among those not deleted. */
  email: string;
  display_name: string;
  profile: JsonColumn<PersonProfile>;
  roles: RoleName[];
  /** Licence keys, such as `messaging` and `meetings`. */
  licenses: string[];
  invite_pending: boolean;
  login_enabled: boolean;
  password_hash: string | null;
  created: Date;
  last_modified: Date;
  last_activity: Date | null;
  /** In the person's own row, so that whoever reads people reads nothing more. */
  set_presence: ColumnType<StoredPresence | null, string | null | undefined, string | null>;
  deleted_at: Date | null;
};

/** A person's row as it is read. */
export type PersonRow = Selectable<PersonTable>;

/** Schema of people. */
export const peopleMigrations: readonly Migration[] = [
  {
    name: '202611221001_people_create',
    phase: 'expand',
    sql: `
      create table person (
        id uuid primary key, org_id uuid not null,
        type text not null check (type in ('person', 'bot', 'appuser')),
        email text not null, display_name text not null, profile jsonb not null default '{}',
        roles text[] not null default '{}', licenses text[] not null default '{}',
        invite_pending boolean not null default false, login_enabled boolean not null default true,
        password_hash text,
        created timestamptz not null, last_modified timestamptz not null,
        last_activity timestamptz, deleted_at timestamptz
      );
      create unique index person_email on person (lower(email)) where deleted_at is null;
      create index person_org_name on person (org_id, lower(display_name), id) where deleted_at is null;
    `,
  },
  {
    // The order of lists and the range of a prefix must not depend on the database's locale.
    name: '202611221022_people_order_by_code_point',
    phase: 'expand',
    sql: `
      create index person_org_by_name on person (org_id, (lower(display_name) collate "C"), id)
        where deleted_at is null;
      drop index person_org_name;
    `,
  },
  {
    // An organisation may have any number of guests, whom no list of its people names.
    name: '202611222231_people_list_without_guests',
    phase: 'expand',
    sql: `
      create index person_org_listed on person (org_id, (lower(display_name) collate "C"), id)
        where deleted_at is null and type <> 'appuser';
    `,
  },
  {
    // Guests and bots may be many more than people, and people mostly hold no role and can sign in.
    name: '202611222232_people_for_administrators',
    phase: 'expand',
    sql: `
      create index person_org_people on person (org_id, (lower(display_name) collate "C"), id)
        where deleted_at is null and type = 'person';
      create index person_org_email on person (org_id, (lower(email) collate "C"))
        where deleted_at is null and type = 'person';
      create index person_org_roles on person (org_id, (lower(display_name) collate "C"), id)
        where deleted_at is null and type = 'person' and roles <> '{}';
      create index person_org_away on person (org_id, (lower(display_name) collate "C"), id)
        where deleted_at is null and type = 'person' and (invite_pending or not login_enabled);
    `,
  },
  {
    name: '202611230345_people_set_presence',
    phase: 'expand',
    sql: 'alter table person add column set_presence jsonb;',
  },
];
