import type { SpecName, SpecSchema } from './spec-document.ts';
import { checkDate, checkId } from './wire-formats.ts';

/** Checks the text of one field; returns what is wrong, or undefined. */
export type FieldCheck = (value: string) => string | undefined;

/** Id type by key name, wherever the key stands. */
const idTypes: Readonly<Record<string, string>> = {
  personId: 'PEOPLE',
  toPersonId: 'PEOPLE',
  creatorId: 'PEOPLE',
  createdBy: 'PEOPLE',
  actorId: 'PEOPLE',
  managerId: 'PEOPLE',
  hostUserId: 'PEOPLE',
  mentionedPeople: 'PEOPLE',
  orgId: 'ORGANIZATION',
  personOrgId: 'ORGANIZATION',
  actorOrgId: 'ORGANIZATION',
  ownerId: 'ORGANIZATION',
  roomId: 'ROOM',
  teamId: 'TEAM',
  messageId: 'MESSAGE',
  parentId: 'MESSAGE',
  classificationId: 'CLASSIFICATION',
  applicationId: 'APPLICATION',
  appId: 'APPLICATION',
  deviceId: 'DEVICE',
  workspaceId: 'PLACE',
  placeId: 'PLACE',
  locationId: 'LOCATION',
  workspaceLocationId: 'WORKSPACE_LOCATION',
  floorId: 'WORKSPACE_LOCATION_FLOOR',
};

/** Id type where the key alone does not tell, or where the general rule does not hold (empty: unchecked). */
const idTypesBySchema: Readonly<Record<string, string>> = {
  'Room.id': 'ROOM',
  'Membership.id': 'MEMBERSHIP',
  'Message.id': 'MESSAGE',
  'ListMessage.id': 'MESSAGE',
  'DirectMessage.id': 'MESSAGE',
  'Person.id': 'PEOPLE',
  'Person.roles': 'ROLE',
  'Person.licenses': 'LICENSE',
  'Team.id': 'TEAM',
  'TeamMembership.id': 'TEAM_MEMBERSHIP',
  'Webhook.id': 'WEBHOOK',
  'AttachmentActivity.id': 'ATTACHMENT_ACTION',
  'RoomTab.id': 'TABS',
  'Event.id': 'EVENT',
  'Event.data.id': '*',
  'Authorization.id': 'AUTHORIZATION',
  'License.id': 'LICENSE',
  'LicensewithUsers.id': 'LICENSE',
  'Role.id': 'ROLE',
  'Organization.id': 'ORGANIZATION',
  'HydraClassification.id': 'CLASSIFICATION',
  'Guest.id': 'PEOPLE',
  'Device.id': 'DEVICE',
  'Workspace.id': 'PLACE',
  'Location.id': 'LOCATION',
  'UserLicensesResponse.licenses': 'LICENSE',
  // Participants carry the bare UUID of their organization (documented example).
  'Participant.orgId': '',
  'InProgressParticipant.orgId': '',
};

/** Always with milliseconds, whatever file they stand in. */
const millisecondKeys = new Set([
  'created',
  'updated',
  'lastActivity',
  'lastModified',
  'madePublic',
  'firstSeen',
  'lastSeen',
  'expiryTime',
  'createTime',
  'timeRecorded',
]);

const isoExample = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Finds the check of a field: by the table of id types, else as a date by its name or its official example.
 *  Meeting times other than those that SDKs parse may have seconds and an offset.
 *  @param owner  name of the schema that holds the key */
export function fieldCheck(
  owner: string,
  key: string,
  schema: SpecSchema | undefined,
  spec: SpecName,
): FieldCheck | undefined {
  const isRedefined = spec === 'meeting' && key === 'id';
  const idType = isRedefined ? undefined : (idTypesBySchema[`${owner}.${key}`] ?? idTypes[key]);
  if (idType) return (value) => checkId(value, idType);
  if (millisecondKeys.has(key)) return (value) => checkDate(value, 'milliseconds');
  if (typeof schema?.example !== 'string' || !isoExample.test(schema.example)) return undefined;
  const precision = spec === 'meeting' ? 'any' : 'milliseconds';
  return (value) => checkDate(value, precision);
}
