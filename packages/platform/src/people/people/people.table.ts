import type { PersonType, RoleName } from '@moothall/contract';
import type { JsonColumn, Migration } from '@moothall/store';
import type { Selectable } from 'kysely';

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
];
