import { EXPECT_ID, emailText, flag, idText, textList, timeText, wireUuid } from '@moothall/contract';
import { decodeWireKey, encodeWireId, limitLedger, parseUuid } from '@moothall/core';
import { z } from 'zod';

const detail = z.string().max(limitLedger['people.detail'].value);
const name = z.string().trim().max(limitLedger['people.name'].value);
const few = limitLedger['people.list'].value;

const phoneNumber = z.strictObject({
  type: z.enum(['work', 'work_extension', 'mobile', 'fax']),
  value: z.string(),
  primary: z.boolean().optional(),
});

const sipAddress = z.strictObject({
  type: z.enum(['personal-room', 'enterprise', 'cloud-calling']),
  value: z.string(),
  primary: z.boolean().optional(),
});

const addressParts = ['type', 'country', 'locality', 'region', 'streetAddress', 'postalCode'] as const;
const addressOf = <Text extends z.ZodType>(text: Text) =>
  Object.fromEntries(addressParts.map((part) => [part, text])) as Record<(typeof addressParts)[number], Text>;

/**
 * The id of a location, kept in wire form since there are no locations yet; empty for none.
 * The reply to another text is 400 `Expect base64 ID or UUID.`
 */
export const locationId = detail.transform((text, context): string => {
  if (text === '') return text;
  const key = decodeWireKey(['LOCATION'], text);
  if (key !== undefined && (key !== text || parseUuid(text))) return encodeWireId('LOCATION', key);
  context.issues.push({ code: 'custom', message: EXPECT_ID, input: text });
  return z.NEVER;
});

/** A person on the wire. */
export const person = z.strictObject({
  id: idText,
  emails: z.array(z.string()),
  phoneNumbers: z.array(phoneNumber).optional(),
  extension: z.string().optional(),
  locationId: idText.optional(),
  displayName: z.string(),
  nickName: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  avatar: z.string().optional(),
  orgId: idText,
  roles: z.array(idText).optional(),
  licenses: z.array(idText).optional(),
  department: z.string().optional(),
  manager: z.string().optional(),
  managerId: idText.optional(),
  title: z.string().optional(),
  addresses: z.array(z.strictObject(addressOf(z.string().optional()))).optional(),
  created: timeText,
  lastModified: timeText.optional(),
  timezone: z.string().optional(),
  lastActivity: timeText.optional(),
  siteUrls: z.array(z.string()).optional(),
  sipAddresses: z.array(sipAddress).optional(),
  status: z
    .enum([
      'active',
      'call',
      'DoNotDisturb',
      'inactive',
      'meeting',
      'OutOfOffice',
      'pending',
      'presenting',
      'unknown',
    ])
    .optional(),
  invitePending: z.boolean().optional(),
  loginEnabled: z.boolean().optional(),
  type: z.enum(['person', 'bot', 'appuser']),
});

/** Exactly one address, in a list or alone as a form sends it. */
export const oneEmail = z
  .union([emailText.transform((email) => [email]), z.array(emailText)])
  .transform((emails, context): string => {
    if (emails.length === 1) return emails[0]!;
    context.issues.push({ code: 'custom', message: 'emails: give exactly one address.', input: emails });
    return z.NEVER;
  });

/** What an administrator may say of a person; ids of roles and licences stay in wire form. */
export const personDetails = z.object({
  phoneNumbers: z
    .array(phoneNumber.extend({ value: detail, primary: flag.optional() }).strip())
    .max(few)
    .optional(),
  extension: detail.optional(),
  locationId: locationId.optional(),
  displayName: name.optional(),
  firstName: name.optional(),
  lastName: name.optional(),
  avatar: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })])
    .pipe(detail)
    .optional(),
  orgId: wireUuid('ORGANIZATION').optional(),
  roles: textList.optional(),
  licenses: textList.optional(),
  department: detail.optional(),
  manager: detail.optional(),
  managerId: wireUuid('PEOPLE').optional(),
  title: detail.optional(),
  addresses: z
    .array(z.object(addressOf(detail.optional())))
    .max(few)
    .optional(),
  siteUrls: z
    .union([detail.transform((url) => [url]), z.array(detail)])
    .pipe(z.array(z.string()).max(few))
    .optional(),
});

/** Details of a person as an administrator gave them. */
export type PersonDetails = z.output<typeof personDetails>;
