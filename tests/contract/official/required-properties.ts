import type { RequiredOverlay, SpecName, SpecSchema } from './spec-document.ts';

/** Components that are the same resource under a second name take the overlay of the first. */
const overlayAliases: Readonly<Record<string, string>> = {
  DirectMessage: 'ListMessage',
  LicensewithUsers: 'License',
};

/** Required in the file, yet absent in documented replies.
 *  Ended instances carry no password, host key or telephony; administrators' reads hide them
 *  (attribute table of the meetings guide). A series has no parent series. Source: documented. */
const relaxed: Readonly<Record<string, readonly string[]>> = {
  MeetingSeriesObject: ['password', 'hostKey', 'webLink', 'telephony'],
  MeetingObjectForListMeeting: ['password', 'hostKey', 'webLink', 'telephony', 'meetingSeriesId'],
  MeetingObjectForAdminListMeeting: ['telephony', 'meetingSeriesId'],
  // accessCode is hidden from administrators and from invitees of an ended meeting.
  'MeetingSeriesObject.telephony': ['accessCode'],
  'MeetingObjectForListMeeting.telephony': ['accessCode'],
};

/** Properties that an object must carry: the file's own list, plus the overlay, less what documented
 *  replies omit. Every named schema or response root with `items` counts as a collection.
 *  @param name  component name, dotted below it (`Person.phoneNumbers`), or `GET /path 200` */
export function requiredProperties(
  schema: SpecSchema,
  name: string,
  spec: SpecName,
  overlay: RequiredOverlay,
): string[] {
  const required = new Set(schema.required ?? []);
  for (const key of overlayFor(name, spec, overlay)) required.add(key);
  if (schema.properties?.items && !name.includes('.')) {
    for (const key of overlay.collection ?? []) required.add(key);
  }
  for (const key of relaxed[name] ?? []) required.delete(key);
  return [...required];
}

/** The meeting file reuses names (`Device` is a participant's device there), so no overlay is meant for it. */
function overlayFor(name: string, spec: SpecName, overlay: RequiredOverlay): readonly string[] {
  if (spec === 'meeting' || name === 'collection') return [];
  return overlay[overlayAliases[name] ?? name] ?? [];
}
