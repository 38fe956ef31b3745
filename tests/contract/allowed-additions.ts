/** A key that replies may carry although the official schema does not know it. */
export type AllowedAddition = {
  /** Component name, dotted below it (`Event.data`), or `GET /path 200` for a response without a name. */
  readonly schema: string;
  /** Name of the key; `*` makes the object free-form; `@Other` allows each key of another component. */
  readonly key: string;
  /** Where the key is known from: (documented | as-observed | decided) and by what. */
  readonly source: string;
};

const oneMessage =
  'decided: one message object everywhere; the list schema has it, the reply schema does not';
const observedWebhook = 'as-observed: replies and deliveries of the real service carry it';
const freeForm = 'documented: free-form; the schema shows the keys of one sample';
const eventData = 'documented: data mimics the REST resource with its content';
const byMeetingType = 'documented: attribute table by meeting type; the schema describes a series only';
const officialExample = 'documented: the official example of the reply carries it, its schema does not';
const oauthUnion = 'decided: OAuth errors carry both the standard and the platform error members';

/** The one list of keys beyond the official schemas. Everything else that a schema does not know is a violation. */
export const allowedAdditions: readonly AllowedAddition[] = [
  { schema: 'Message', key: 'html', source: oneMessage },
  { schema: 'Message', key: 'parentId', source: oneMessage },
  { schema: 'Message', key: 'updated', source: oneMessage },
  { schema: 'Message', key: 'isVoiceClip', source: oneMessage },
  { schema: 'DirectMessage', key: '@ListMessage', source: oneMessage },
  {
    schema: 'Attachment',
    key: 'contentUrl',
    source: 'decided: a card comes back as it was posted, and clients send this key',
  },
  { schema: 'Webhook', key: 'orgId', source: observedWebhook },
  { schema: 'Webhook', key: 'createdBy', source: observedWebhook },
  { schema: 'Webhook', key: 'appId', source: observedWebhook },
  { schema: 'Team', key: 'creatorId', source: 'as-observed: real replies carry it' },
  { schema: 'Person', key: 'userName', source: 'as-observed: real replies carry it' },
  { schema: 'AttachmentActivity.inputs', key: '*', source: freeForm },
  { schema: 'Event.data', key: '@ListMessage', source: eventData },
  { schema: 'Event.data', key: '@Membership', source: eventData },
  { schema: 'Event.data', key: '@Room', source: eventData },
  { schema: 'Event.data', key: '@AttachmentActivity', source: eventData },
  { schema: 'Event.data', key: '@RoomTab', source: eventData },
  { schema: 'DeviceConfiguration', key: '*', source: 'documented: a map whose keys are configuration names' },
  { schema: 'GET /xapi/status 200.result', key: '*', source: freeForm },
  { schema: 'POST /xapi/command/{commandName} 200.arguments', key: '*', source: freeForm },
  { schema: 'POST /xapi/command/{commandName} 200.result', key: '*', source: freeForm },
  { schema: 'MeetingSeriesObject', key: '@MeetingObjectForListMeeting', source: byMeetingType },
  { schema: 'MeetingObjectForListMeeting', key: 'hasSummary', source: officialExample },
  { schema: 'MeetingSeriesObject.registration', key: 'enabledRegistrationId', source: officialExample },
  {
    schema: 'MeetingObjectForListMeeting.registration',
    key: 'enabledRegistrationId',
    source: officialExample,
  },
  { schema: 'CreateMeetingObject.registration', key: 'enabledRegistrationId', source: officialExample },
  { schema: 'RegistrantCreateResponse', key: 'registrationId', source: officialExample },
  { schema: 'Device', key: 'callingDeviceId', source: officialExample },
  { schema: 'Device', key: 'webexDeviceId', source: officialExample },
  { schema: 'Location', key: 'name', source: officialExample },
  { schema: 'Location', key: 'orgId', source: officialExample },
  { schema: 'Location', key: 'timeZone', source: officialExample },
  { schema: 'Location', key: 'preferredLanguage', source: officialExample },
  { schema: 'Workspace', key: 'customAttributes', source: officialExample },
  { schema: 'Workspace.plannedMaintenance', key: 'description', source: officialExample },
  { schema: 'WebexError', key: 'error', source: oauthUnion },
  { schema: 'WebexError', key: 'error_description', source: oauthUnion },
];

const bySchema = new Map<string, string[]>();
for (const { schema, key } of allowedAdditions) bySchema.set(schema, [...(bySchema.get(schema) ?? []), key]);

/** The keys allowed beyond a schema, in the notation of {@link AllowedAddition.key}. */
export function additionsTo(schema: string): readonly string[] {
  return bySchema.get(schema) ?? [];
}

/** Tells whether a schema is listed as free-form, so that its sample properties are not enforced either. */
export function isOpenSchema(schema: string): boolean {
  return additionsTo(schema).includes('*');
}
