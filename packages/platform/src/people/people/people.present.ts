import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { LicenseIds } from '../../identity/licenses/index.ts';
import { roleWireId } from '../../identity/roles/index.ts';
import type { PersonRow } from './people.table.ts';
import type { person } from './person.contract.ts';
import type { Presence } from './presence.ts';

type WirePerson = z.input<typeof person>;

/** What one viewer may see of a person; each part is absent where they may not. */
export type PersonView = {
  row: PersonRow;
  /** The viewer is of the same organisation. */
  isColleague: boolean;
  /** The viewer administers the organisation, which has these licences. */
  licenses?: LicenseIds | undefined;
  presence?: Presence | undefined;
};

function publicPart({ row }: PersonView): WirePerson {
  const { nickName, firstName, lastName, avatar } = row.profile;
  return {
    id: encodeWireId('PEOPLE', row.id),
    emails: [row.email],
    displayName: row.display_name,
    ...(nickName && { nickName }),
    ...(firstName && { firstName }),
    ...(lastName && { lastName }),
    ...(avatar && { avatar }),
    orgId: encodeWireId('ORGANIZATION', row.org_id),
    created: row.created.toISOString(),
    type: row.type,
  };
}

function colleaguePart({ row }: PersonView): Partial<WirePerson> {
  const { department, manager, managerId, title, timezone, phoneNumbers, sipAddresses, addresses } =
    row.profile;
  return {
    ...(phoneNumbers && { phoneNumbers }),
    ...(sipAddresses && { sipAddresses }),
    ...(department && { department }),
    ...(manager && { manager }),
    ...(managerId && { managerId }),
    ...(title && { title }),
    ...(addresses && { addresses }),
    ...(timezone && { timezone }),
    lastModified: row.last_modified.toISOString(),
  };
}

function adminPart({ row }: PersonView, licenses: LicenseIds): Partial<WirePerson> {
  const { siteUrls, extension, locationId } = row.profile;
  return {
    roles: row.roles.map(roleWireId),
    licenses: licenses.wireIdsOf(row.licenses),
    ...(siteUrls && { siteUrls }),
    ...(extension && { extension }),
    ...(locationId && { locationId }),
    invitePending: row.invite_pending,
    loginEnabled: row.login_enabled,
  };
}

const wireStatuses: Partial<Record<Presence['status'], WirePerson['status']>> = {
  dnd: 'DoNotDisturb',
  ooo: 'OutOfOffice',
};

function presencePart({ status, lastActivity }: Presence): Partial<WirePerson> {
  const wireStatus = wireStatuses[status] ?? (status as WirePerson['status']);
  return { status: wireStatus, ...(lastActivity && { lastActivity }) };
}

/** A person in wire form: strangers see who it is, colleagues their details and presence, admins what is assigned. */
export function presentPerson(view: PersonView): WirePerson {
  return {
    ...publicPart(view),
    ...(view.isColleague && colleaguePart(view)),
    ...(view.licenses && adminPart(view, view.licenses)),
    ...(view.presence && presencePart(view.presence)),
  };
}
