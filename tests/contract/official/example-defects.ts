/** Official examples that contradict their own schema or the documented error body, with the reason.
 *  Everything else in the official files has to validate. */
export const exampleDefects: Readonly<Record<string, string>> = {
  'POST /meetingInvitees/bulkInsert 409': 'the example of the error omits `errors`',
  'GET /meetingTranscripts/{transcriptId}/snippets 200':
    'the example uses offset and duration of an older form',
  'GET /admin/recordings 200': 'the example shows password and shareToMe, which this view withholds',
};

/** Keys whose official examples are not in the form that the real service sends, with the reason. */
export const exampleFormDefects: Readonly<Record<string, string>> = {
  id: 'attachment actions and events: no base64; room tabs and workspaces: other or older types',
  personId: 'attachment actions: truncated',
  roomId: 'attachment actions: truncated',
  messageId: 'attachment actions: truncated',
  appId: 'events: the string "null"',
  orgId: 'events: the bare base64 of a UUID',
  actorId: 'audit events: the bare base64 of a UUID',
  mentionedPeople: 'comma-joined into one string',
  roles: 'comma-joined into one string',
  licenses: 'comma-joined into one string',
  teamId: 'a ROOM id',
  deviceId: 'padded',
  placeId: 'a PEOPLE id',
  workspaceId: 'a PEOPLE id',
  locationId: 'an ORGANIZATION id, or shortened by dots',
  workspaceLocationId: 'an ORGANIZATION id, or shortened by dots',
  floorId: 'shortened by dots',
  created: 'offset instead of Z, no milliseconds',
  updated: 'offset instead of Z, no milliseconds',
  createTime: 'no milliseconds',
  timeRecorded: 'no milliseconds',
};
